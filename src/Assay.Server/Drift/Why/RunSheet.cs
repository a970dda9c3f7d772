using System.Text.Json.Nodes;
using Assay.Contracts.Package;

namespace Assay.Server.Drift.Why;

/// <summary>One recorded fact of a version; no value: it was not recorded, and <paramref name="Wanted"/> is the profile line that would have required it.</summary>
public sealed record Fact(string Group, string Name, string? Value, string? Wanted);

/// <summary>The facts of a version in the groups in which people compare them. Pure.</summary>
public sealed record RunSheet(IReadOnlyList<Fact> Facts)
{
    /// <summary>The groups, the likeliest cause of trouble first.</summary>
    public static readonly IReadOnlyList<string> Groups = ["code", "data", "parameters", "environment", "signature", "metrics", "files"];

    /// <summary>Reads the sealed facts of a run, and the few files that tell about its environment and signature.</summary>
    /// <param name="sealedFacts">As sealed: <c>{run, params, metrics, tags, inputs, files}</c>.</param>
    /// <param name="files">The version's files.</param>
    /// <param name="requirements">The text of <c>requirements.txt</c>, if there is one.</param>
    /// <param name="inputs">The signature's inputs, if any.</param>
    /// <param name="outputs">The signature's outputs, if any.</param>
    public static RunSheet Read(JsonObject sealedFacts, IReadOnlyList<PackageFile> files, string? requirements, string? inputs, string? outputs) => new(
    [
        .. Code(sealedFacts["tags"] as JsonObject ?? []),
        .. Or(Data(sealedFacts["inputs"] as JsonArray ?? []), new("data", "inputs", null, "{item: data.inputs, context: training, min: 1}")),
        .. Or(Map("parameters", sealedFacts["params"]), new("parameters", "parameters", null, "{item: params, min: 1}")),
        .. Environment(sealedFacts["tags"] as JsonObject ?? [], requirements),
        new("signature", "inputs", inputs, "{item: model.signature}"),
        new("signature", "outputs", outputs, "{item: model.signature}"),
        .. Or(Metrics(sealedFacts["metrics"] as JsonObject ?? []), new("metrics", "metrics", null, "{item: metrics, min: 1}")),
        .. files.Select(f => new Fact("files", f.Path, $"{f.Digest.Short} ({f.Size} bytes)", null)),
    ]);

    static IEnumerable<Fact> Code(JsonObject tags) =>
    [
        new("code", "commit", Tag(tags, "mlflow.source.git.commit"), "{item: code.commit}"),
        new("code", "repository", Tag(tags, "mlflow.source.git.repoURL"), "{item: code.repository}"),
        new("code", "clean tree", Tag(tags, "mlflow.source.git.dirty") switch { "false" or "False" => "yes", null => null, _ => "NO: there were changes that no commit holds" }, "{item: code.clean}"),
        .. Present("code", "branch", Tag(tags, "mlflow.source.git.branch")),
        .. Present("code", "script", Tag(tags, "mlflow.source.name")),
    ];

    static IEnumerable<Fact> Data(JsonArray inputs) => inputs.OfType<JsonObject>().Select(input => new Fact("data", Text(input["name"]) ?? "?",
        string.Join(", ", new[] { Text(input["digest"]), input["tags"] is JsonObject tags ? Tag(tags, "mlflow.data.context") : null, Text(input["source"]) }.Where(v => v is { Length: > 0 })), null));

    static IEnumerable<Fact> Environment(JsonObject tags, string? requirements)
    {
        var lines = (requirements ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] is not ('#' or '-')).ToList();
        if (lines.Count == 0)
            yield return new("environment", "lock", null, "{item: environment.lock}");
        foreach (var line in lines)
        {
            var at = line.IndexOf("==", StringComparison.Ordinal);
            yield return new("environment", at > 0 ? line[..at] : line, at > 0 ? line[(at + 2)..] : "not pinned", null);
        }
        var hardware = tags.Where(t => t.Key.StartsWith("assay.hardware", StringComparison.Ordinal) || t.Key.StartsWith("hardware.", StringComparison.Ordinal) || t.Key == "image.digest").ToList();
        foreach (var (key, value) in hardware)
            yield return new("environment", key, Text(value), null);
        if (hardware.Count == 0)
            yield return new("environment", "hardware", null, "{item: environment.hardware}");
    }

    static IEnumerable<Fact> Metrics(JsonObject metrics) => metrics.Select(m => new Fact("metrics", m.Key, Text((m.Value as JsonObject)?["value"]), null));

    static IEnumerable<Fact> Map(string group, JsonNode? map) => (map as JsonObject ?? []).Select(p => new Fact(group, p.Key, Text(p.Value), null));

    static IEnumerable<Fact> Or(IEnumerable<Fact> facts, Fact missing) => facts.ToList() is { Count: > 0 } some ? some : [missing];

    static IEnumerable<Fact> Present(string group, string name, string? value) => value is null ? [] : [new(group, name, value, null)];

    static string? Tag(JsonObject tags, string key) => Text(tags[key]) is { Length: > 0 } value ? value : null;

    static string? Text(JsonNode? value) => value is JsonValue scalar ? scalar.GetValueKind() == System.Text.Json.JsonValueKind.String ? scalar.GetValue<string>() : scalar.ToJsonString() : null;
}
