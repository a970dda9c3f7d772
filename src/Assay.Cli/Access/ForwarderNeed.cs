using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Assay.Cli.Access;

/// <summary>What a request of the command touches, read from its address and its body: pure.</summary>
/// <param name="Scope">The scope to ask for, when the request itself says it all.</param>
/// <param name="ExperimentName">Else: of the experiment with this name,</param>
/// <param name="ExperimentId">with this id,</param>
/// <param name="RunId">or of this run.</param>
/// <param name="Looks">It changes nothing: any credential of the job may do.</param>
internal sealed partial record ForwarderNeed(string? Scope = null, string? ExperimentName = null, string? ExperimentId = null, string? RunId = null, bool Looks = false)
{
    static readonly string[] ByModel = ["registered-models/", "model-versions/"];

    /// <summary>Reads it; <paramref name="body"/> is null where there is none or it is no JSON object.</summary>
    public static ForwarderNeed Of(string method, string path, Func<string, string?> query, JsonObject? body)
    {
        string? Said(string name) => (body?[name] as JsonValue)?.ToString() ?? query(name);
        var looks = method is "GET" or "HEAD" || path.EndsWith("/search", StringComparison.Ordinal) || path.EndsWith("/graphql", StringComparison.Ordinal) || path.Contains("/get", StringComparison.Ordinal);
        if (Mlflow().Match(path) is { Success: true } mlflow && mlflow.Groups[1].Value is var route && Array.Exists(ByModel, route.StartsWith))
            return new(Said("name") is { Length: > 0 } model ? $"submit:{model}" : null, Looks: looks);
        if (Ours().Match(path) is { Success: true } ours)
            return OfOurs(ours.Groups[1].Value, Said, body, looks);
        if (Artifacts().Match(path) is { Success: true } artifact)
            return new(ExperimentId: artifact.Groups[1].Value, Looks: looks);
        return new(
            ExperimentName: path.EndsWith("/experiments/create", StringComparison.Ordinal) ? Said("name") : query("experiment_name"),
            ExperimentId: Said("experiment_id"), RunId: Said("run_id") ?? Said("run_uuid") ?? Said("source_run_id"), Looks: looks);
    }

    static ForwarderNeed OfOurs(string route, Func<string, string?> said, JsonObject? body, bool looks)
    {
        if (looks)
            return new(Looks: true);
        if (route == "versions" && said("model") is { } submitted)
            return new($"submit:{submitted}");
        if (Evidence().Match(route) is { Success: true } evidence)
            return new(Kind(body) is { } kind ? $"attest:{kind}:{Uri.UnescapeDataString(evidence.Groups[1].Value)}" : null);
        if (route is "deployments" or "observations" && said("environment") is { } environment)
            return new($"report:{environment}");
        // Promotion requests and gates of a model: whoever submits it may.
        return new((said("model") ?? (OfModel().Match(route) is { Success: true } of ? Uri.UnescapeDataString(of.Groups[1].Value) : null)) is { } model ? $"submit:{model}" : null);
    }

    /// <summary>The kind of evidence of a statement, or of the one in an envelope.</summary>
    static string? Kind(JsonObject? body)
    {
        try
        {
            var statement = body?["payload"] is JsonValue payload ? JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(payload.ToString()))) : body;
            return statement?["predicate"]?["kind"]?.ToString();
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^/(?:ajax-)?api/[23]\\.0/mlflow/(.*)$")]
    private static partial Regex Mlflow();

    [GeneratedRegex("^/api/assay/v1/(.*)$")]
    private static partial Regex Ours();

    [GeneratedRegex("^/(?:ajax-)?api/2\\.0/mlflow-artifacts/(?:artifacts|mpu/(?:create|complete|abort))/([^/]+)/")]
    private static partial Regex Artifacts();

    [GeneratedRegex("^models/([^/]+)/versions/[^/]+/evidence$")]
    private static partial Regex Evidence();

    [GeneratedRegex("^(?:models|environments/[^/]+/models)/([^/]+)/")]
    private static partial Regex OfModel();
}
