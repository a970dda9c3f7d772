using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Evaluation;

namespace Assay.Cli.Measuring;

/// <summary>Says how often the registry saw the measured data before: what is chosen by the same rows again and again is fitted to them.</summary>
internal static class HeldoutUses
{
    public static async Task Tell(Call call, EvaluationOutcome outcome, CancellationToken ct)
    {
        var sets = outcome.Predicates.Select(p => p.Json["dataset"]).Where(d => (string?)d?["digest"]?["sha256"] is not null)
            .Select(d => ((string?)d!["uri"], Digest: $"sha256:{(string?)d["digest"]!["sha256"]}")).DistinctBy(d => d.Digest);
        foreach (var (uri, digest) in sets)
        {
            if (await Uses(call, digest, ct) is { } uses)
                call.Out.Note($"{uri}: this held-out set has been used {Times(uses, "measurements", "time")} on {Times(uses, "versions", "version")} and for {Times(uses, "verdicts", "decision")}, {Times(uses, "promotions", "promotion")} among what followed.");
        }
    }

    /// <summary>A registry that does not count them has nothing to tell.</summary>
    static async Task<JsonNode?> Uses(Call call, string digest, CancellationToken ct)
    {
        try
        {
            return await call.Api.Get(ApiPath.Of("data", digest, "uses"), ct);
        }
        catch (ApiRefusalException e) when (e.Refusal.Kind == RefusalKind.NotFound)
        {
            return null;
        }
    }

    static string Times(JsonNode uses, string name, string word) => uses.Whole(name) is 1 ? $"1 {word}" : $"{uses.Whole(name) ?? 0} {word}s";
}
