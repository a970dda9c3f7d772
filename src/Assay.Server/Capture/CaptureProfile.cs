using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Capture;

/// <summary>One requirement of a profile: the item, how many at least, and names or a context where the item takes them.</summary>
public sealed record Requirement(string Item, string? Context, long Min, IReadOnlyList<string> Names)
{
    /// <summary>As JSON, for the profile's digest and the API.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["item"] = Item, ["min"] = Min };
        if (Context is not null)
            json["context"] = Context;
        if (Names.Count > 0)
            json["names"] = new JsonArray([.. Names.Select(n => JsonValue.Create(n))]);
        return json;
    }
}

/// <summary>Where candidates come from by themselves: each run of the experiment that ends FINISHED.</summary>
public sealed record CaptureSource(string Experiment, string Model);

/// <summary>What a run must have logged to become a version of the models it matches (interfaces §3).</summary>
public sealed record CaptureProfile(string Name, string Match, CaptureSource? From, IReadOnlyList<Requirement> Require, IReadOnlyList<Requirement> Optional)
{
    /// <summary>The digest over the canonical JSON of all that decides.</summary>
    public Digest Digest => CanonicalJson.DigestOf(new JsonObject
    {
        ["name"] = Name,
        ["match"] = Match,
        ["from"] = From is null ? null : new JsonObject { ["experiment"] = From.Experiment, ["model"] = From.Model },
        ["require"] = new JsonArray([.. Require.Select(r => r.ToJson())]),
        ["optional"] = new JsonArray([.. Optional.Select(r => r.ToJson())]),
    });

    /// <summary>The built-in profile: what an unmodified client and one line in the job template can give.</summary>
    public static CaptureProfile Standard { get; } = new("standard", "*", null,
        [Of("run.finished"), Of("run.user"), Of("code.commit"), Of("code.clean"), Of("code.repository"), Of("data.inputs", "training"), Of("params"), Of("metrics"), Of("model.files"), Of("model.signature"), Of("environment.lock")],
        [Of("data.source"), Of("environment.hardware")]);

    static Requirement Of(string item, string? context = null) => new(item, context, 1, []);

    /// <summary>Reads a <c>kind: CaptureProfile</c> document.</summary>
    public static Result<CaptureProfile> Read(string yaml, string source)
    {
        var parsed = YamlDocument.Parse(yaml, source, "CaptureProfile");
        if (!parsed.Ok)
            return parsed.Refusal!;
        var root = parsed.Value.Root.Only("apiVersion", "kind", "metadata", "match", "from", "require", "optional");
        var name = root.Map("metadata").Only("name").Text("name");
        var match = root.MapOrNull("match")?.Only("model").Text("model") ?? "*";
        var from = root.MapOrNull("from")?.Only("experiment", "model");
        var profile = new CaptureProfile(name, match, from is null ? null : new(from.Text("experiment"), from.Text("model")), Requirements(root, "require"), Requirements(root, "optional"));
        if (profile.Require.Count == 0)
            root.Wrong("require", "a profile that requires nothing checks nothing; list at least one item");
        return parsed.Value.Refusal is { } refusal ? refusal : profile;
    }

    static List<Requirement> Requirements(YamlMap root, string key) => [.. root.Maps(key).Select(map =>
    {
        map.Only("item", "context", "min", "names").OneOf("item", [.. CaptureItems.Known]);
        return new Requirement(map.Text("item"), map.TextOrNull("context"), map.Whole("min", 1, 10_000) ?? 1, map.Texts("names"));
    })];
}
