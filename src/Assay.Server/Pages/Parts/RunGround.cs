using System.Text.Json.Nodes;
using Assay.Server.Access.Exchange;
using Assay.Server.Tracking;

namespace Assay.Server.Pages.Parts;

/// <summary>The facts of a run that explain a model, by kind; what was never logged is named with the profile line that would have required it.</summary>
public static class RunGround
{
    const string Commit = "mlflow.source.git.commit", Dirty = "mlflow.source.git.dirty", Repository = "mlflow.source.git.repoURL", Branch = "mlflow.source.git.branch";

    /// <summary>Code: commit, clean tree, repository, what was started.</summary>
    public static IReadOnlyList<FactLine> Code(RunFacts run) =>
    [
        new("Commit", run.Tags.GetValueOrDefault(Commit), "item: code.commit"),
        new("Working tree", run.Tags.GetValueOrDefault(Dirty) switch { "false" or "False" => "clean", null or "" => null, _ => "dirty: the result cannot be traced to the commit" }, "item: code.clean"),
        new("Repository", run.Tags.GetValueOrDefault(Repository), "item: code.repository") { Href = Web(run.Tags.GetValueOrDefault(Repository)) },
        .. Known(run, "Branch", Branch), .. Known(run, "Started as", "mlflow.source.name"), .. Known(run, "CI job", "ci.job_url"),
    ];

    /// <summary>Who and with what.</summary>
    public static IReadOnlyList<FactLine> Origin(RunFacts run, ProvenOrigin? proven = null) =>
    [
        new("User", run.User.Length > 0 ? run.User : run.Tags.GetValueOrDefault(KnownTags.User), "item: run.user"),
        new("Origin", RunOrigin.IsProven(run.Writers) ? "proven: every write came from one CI job" : "not proven: not every write came from one CI job"),
        .. proven is null ? [] : Proven(proven),
        new("Written by", run.Writers.Count > 0 ? string.Join(", ", run.Writers) : null),
        new("Hardware", Hardware(run), "optional: item: environment.hardware"),
        .. Known(run, "Image", "image.digest"),
        .. run.ImportedFrom is { } origin ? [new FactLine("Imported from", $"{origin}: readable, makes no version")] : Array.Empty<FactLine>(),
    ];

    /// <summary>What the CI job's token proved, the few things that one asks for first.</summary>
    static IEnumerable<FactLine> Proven(ProvenOrigin origin)
    {
        string? Fact(string name) => origin.Facts.GetValueOrDefault(name);
        foreach (var (name, value) in new[] { ("Proven job", Fact("run_invocation_uri") ?? Fact("subject")), ("Proven commit", origin.Commit), ("Proven workflow", Fact("build_config_uri")), ("Proven ref", Fact("source_repository_ref")), ("Vouched for by", origin.Issuer) })
            if (value is not null)
                yield return new(name, value) { Href = name == "Proven job" ? Web(value) : null };
    }

    /// <summary>Data sets with their roles.</summary>
    public static IReadOnlyList<FactLine> Data(RunFacts run) => run.Inputs.Count == 0
        ? [new("Training data", null, "item: data.inputs, context: training")]
        : [.. run.Inputs.Select(input => new FactLine(Role(input) ?? "data", $"{input.Name}, digest {input.Digest}"))];

    /// <summary>What a data set was used for.</summary>
    public static string? Role(InputFact input) => input.Tags.GetValueOrDefault(KnownTags.DataContext);

    /// <summary>Where a data set came from, in words.</summary>
    public static string? Source(InputFact input)
    {
        try
        {
            return JsonNode.Parse(input.Source) is JsonObject source
                ? new[] { "uri", "url", "path", "table_name", "tags" }.Select(key => source[key] is JsonValue value ? value.ToString() : null).FirstOrDefault(text => text is not null) ?? input.SourceType
                : input.SourceType;
        }
        catch (System.Text.Json.JsonException)
        {
            return input.Source.Length > 0 ? input.Source : null;
        }
    }

    /// <summary>Parameters that mostly decide a result first: seed, then the rest by name.</summary>
    public static IReadOnlyList<FactLine> Params(RunFacts run, int most) => run.Params.Count == 0
        ? [new("Parameters", null, "item: params")]
        : [.. Seed(run), .. run.Params.Where(param => !param.Key.Contains("seed", StringComparison.OrdinalIgnoreCase)).OrderBy(param => param.Key, StringComparer.Ordinal).Take(most).Select(param => new FactLine(param.Key, param.Value))];

    /// <summary>Only addresses that a browser may follow without harm.</summary>
    public static string? Web(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? address : null;

    static IEnumerable<FactLine> Seed(RunFacts run)
    {
        var seeds = run.Params.Where(param => param.Key.Contains("seed", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (seeds.Length == 0)
            return [new("Seed", run.Tags.GetValueOrDefault("seed"), "item: params, names: [seed]")];
        return seeds.Select(seed => new FactLine(seed.Key, seed.Value));
    }

    static IEnumerable<FactLine> Known(RunFacts run, string name, string tag) => run.Tags.GetValueOrDefault(tag) is { Length: > 0 } value ? [new(name, value)] : [];

    static string? Hardware(RunFacts run)
    {
        var found = new[] { "host.cpu", "host.cores", "host.gpu" }.Select(key => (Key: key, Value: run.Tags.GetValueOrDefault(key))).Where(tag => !string.IsNullOrEmpty(tag.Value))
            .Select(tag => tag.Key == "host.cores" ? $"{tag.Value} cores" : tag.Value!)
            .Concat(run.Tags.Where(tag => tag.Key.StartsWith("assay.hardware", StringComparison.Ordinal) || tag.Key.StartsWith("hardware.", StringComparison.Ordinal)).Select(tag => tag.Value)).ToArray();
        return found.Length > 0 ? string.Join(", ", found) : null;
    }
}
