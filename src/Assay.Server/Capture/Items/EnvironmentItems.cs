using Assay.Contracts;

namespace Assay.Server.Capture.Items;

static class EnvironmentItems
{
    /// <summary>Files whose every entry is pinned by the tool that writes them.</summary>
    static readonly string[] Locks = ["packages.lock.json", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "conda-lock.yml", "package-lock.json", "Cargo.lock", "pixi.lock"];

    /// <summary>The names of all files that are looked into.</summary>
    public static readonly IReadOnlyList<string> Looked = ["MLmodel", "requirements.txt"];

    public static Gap? Lock(CapturedRun run, Requirement item)
    {
        var loose = run.ModelText("requirements.txt") is { } text ? Loose(text) : null;
        if (loose is { Count: 0 } || run.Files.Any(f => Locks.Contains(f.Path[(f.Path.LastIndexOf('/') + 1)..])))
            return null;
        return new(item.Item, "the training environment with every package pinned (requirements.txt of the model, or another lock file)",
            loose is null ? "no requirements.txt and no lock file" : $"not pinned in requirements.txt: {string.Join(", ", loose.Take(5))}{(loose.Count > 5 ? $" and {loose.Count - 5} more" : "")}",
            loose is null ? "mlflow.<flavor>.log_model writes requirements.txt; or log your lock file as an artifact: mlflow.log_artifact(\"uv.lock\")." : "Pin each line as name==version, for example with pip_requirements= of log_model.");
    }

    public static Gap? Hardware(CapturedRun run, Requirement item) =>
        run.Facts.Tags.Keys.Any(k => k.StartsWith("assay.hardware", StringComparison.Ordinal) || k.StartsWith("hardware.", StringComparison.Ordinal)) ? null
            : new(item.Item, "the hardware that trained (tags assay.hardware.*)", "nothing", "Run the training as `assay run -- …`, which adds it.");

    /// <summary>The lines that name a package without saying which version (PEP 508: ==, === or a direct reference is exact).</summary>
    static List<string> Loose(string requirements) =>
        [.. from raw in requirements.Split('\n')
            let line = raw.Split(" #")[0].Trim().TrimEnd('\\').Trim()
            where line.Length > 0 && line[0] is not ('#' or '-')
            where !line.Contains("==", StringComparison.Ordinal) && !line.Contains(" @ ", StringComparison.Ordinal) || line.Contains(".*", StringComparison.Ordinal)
            select line];
}
