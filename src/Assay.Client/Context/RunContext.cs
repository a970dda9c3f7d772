using System.Globalization;

namespace Assay.Client;

/// <summary>
/// The facts around a training run that nobody types: commit, clean tree, repository, branch, CI job, image, host, seed.
/// <see cref="AssayClient"/> puts them on every run it starts; <c>assay run</c> hands them to any MLflow client through <see cref="ContextVariable"/>.
/// </summary>
public sealed class RunContext
{
    RunContext(IReadOnlyDictionary<string, string> tags, IReadOnlyList<string> unknown) => (Tags, Unknown) = (tags, unknown);

    /// <summary>Run tags. Nothing stands here that is not known.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>What could not be learnt and why, a sentence each.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>The value of <c>MLFLOW_RUN_CONTEXT</c> that carries these facts.</summary>
    public string ToVariable() => ContextVariable.Write(Tags);

    /// <summary>Gathers the facts. What <c>MLFLOW_RUN_CONTEXT</c> already says wins over what is found here.</summary>
    /// <exception cref="FormatException"><c>MLFLOW_RUN_CONTEXT</c> is no JSON object.</exception>
    public static async Task<RunContext> CaptureAsync(RunContextOptions? options = null, CancellationToken ct = default)
    {
        options ??= new();
        var variable = options.Variable;
        var supplied = ContextVariable.Read(variable(ContextVariable.Name));
        var git = await GitFacts.AskAsync(options.Directory ?? Environment.CurrentDirectory, ct).ConfigureAwait(false);
        var ci = CiFacts.Read(variable);
        var tags = new Dictionary<string, string>();
        Put(tags, "mlflow.source.git.commit", git.Commit ?? ci?.Commit);
        Put(tags, "mlflow.source.git.dirty", git.Dirty is { } dirty ? (dirty ? "true" : "false") : null);
        Put(tags, "mlflow.source.git.repoURL", git.Repository ?? ci?.Repository);
        Put(tags, "mlflow.source.git.branch", git.Branch ?? ci?.Branch);
        Put(tags, "mlflow.source.type", ci is null ? null : "JOB");
        Put(tags, "image.digest", variable("ASSAY_IMAGE_DIGEST"));
        Put(tags, "seed", options.Seed?.ToString(CultureInfo.InvariantCulture) ?? variable("ASSAY_SEED") ?? variable("MLFLOW_SEED"));
        foreach (var (key, value) in (ci?.Tags ?? new Dictionary<string, string>()).Concat(HostFacts.Read()).Concat(supplied))
            tags[key] = value;
        return new(tags, [.. Missing(tags, git)]);
    }

    static void Put(Dictionary<string, string> tags, string key, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
            tags[key] = value.Trim();
    }

    static IEnumerable<string> Missing(Dictionary<string, string> tags, GitFacts git)
    {
        (string Tag, string Fact)[] wanted =
        [
            ("mlflow.source.git.commit", "the commit"),
            ("mlflow.source.git.dirty", "whether the tree is clean"),
            ("mlflow.source.git.repoURL", "the repository"),
        ];
        foreach (var (tag, fact) in wanted.Where(item => !tags.ContainsKey(item.Tag)))
            yield return $"{fact} is unknown: {git.Problem ?? "git did not say"}";
    }
}
