using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Capture;

/// <summary>
/// The seal of a run: SHA-256 of the RFC 8785 JSON over <c>{run, params, metrics, tags, inputs, files}</c> (interfaces §3), non-finite numbers
/// as strings. The human note <c>mlflow.note.content</c> is outside.
/// </summary>
public static class RunSeal
{
    /// <summary>The tag that stays free after sealing.</summary>
    public const string NoteTag = "mlflow.note.content";

    /// <summary>Computes the seal.</summary>
    public static Digest Of(CapturedRun run) => CanonicalJson.DigestOf(Facts(run));

    /// <summary>What is sealed, as JSON; also what <c>pull</c> writes to <c>assay/run.json</c>, so that the seal can be recomputed.</summary>
    public static JsonObject Facts(CapturedRun run)
    {
        var facts = run.Facts;
        return new()
        {
            ["run"] = new JsonObject
            {
                ["run_id"] = facts.RunId,
                ["experiment_id"] = facts.ExperimentId,
                ["experiment_name"] = facts.ExperimentName,
                ["run_name"] = facts.Name,
                ["user_id"] = facts.User,
                ["status"] = facts.Status,
                ["start_time"] = facts.StartMs,
                ["end_time"] = facts.EndMs,
                ["artifact_uri"] = facts.ArtifactUri,
            },
            ["params"] = Map(facts.Params),
            ["metrics"] = new JsonObject(facts.Metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)new JsonObject
            {
                ["value"] = Number(m.Value),
                ["timestamp"] = m.TimestampMs,
                ["step"] = m.Step,
                ["count"] = m.Count,
                ["history"] = m.History.ToString(),
            }))),
            ["tags"] = Map(facts.Tags.Where(t => t.Key != NoteTag)),
            ["inputs"] = new JsonArray([.. facts.Inputs.OrderBy(i => i.Name, StringComparer.Ordinal).ThenBy(i => i.Digest, StringComparer.Ordinal).ThenBy(i => i.Source, StringComparer.Ordinal).Select(i => new JsonObject
            {
                ["name"] = i.Name,
                ["digest"] = i.Digest,
                ["source_type"] = i.SourceType,
                ["source"] = i.Source,
                ["schema"] = i.Schema,
                ["profile"] = i.Profile,
                ["tags"] = Map(i.Tags),
            })]),
            ["files"] = new JsonArray([.. run.Files.OrderBy(f => f.Path, Contracts.Package.OciManifest.Utf8Ordinal).Select(f => new JsonObject
            {
                ["path"] = f.Path,
                ["size"] = f.Size,
                ["sha256"] = f.Digest.Hex,
            })]),
        };
    }

    /// <summary>A number, or the word for what JSON cannot say.</summary>
    public static JsonNode Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "Infinity" : double.IsNegativeInfinity(value) ? "-Infinity" : JsonValue.Create(value);

    static JsonObject Map(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}
