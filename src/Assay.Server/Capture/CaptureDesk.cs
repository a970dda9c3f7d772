using System.Text;
using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Artifacts;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>Which model folder is meant: an address as MLflow's clients send it, a path below the run, or whichever is the only one.</summary>
public sealed record ModelRequest(string? Source = null, string? Path = null);

/// <summary>Gathers what a run logged.</summary>
public sealed class CaptureDesk(Store store, IContentStore contents, RunReader runs)
{
    const int MostText = 4 << 20;

    /// <summary>One snapshot of the run, and the texts of the files that profiles look into; null when there is no such run.</summary>
    public async Task<CapturedRun?> Gather(string runId, ModelRequest request, CancellationToken ct)
    {
        var snapshot = await store.Read(tx => Snapshot(tx, runId, request), ct);
        return snapshot is null ? null : snapshot with { Texts = await Texts(snapshot, ct) };
    }

    /// <summary>The same without the texts, inside a unit of work.</summary>
    public async Task<CapturedRun?> Snapshot(Tx tx, string runId, ModelRequest request)
    {
        if (await runs.Facts(tx, runId) is not { } facts)
            return null;
        List<ArtifactFile> files = [];
        foreach (var root in Roots(facts))
            files.AddRange(await ArtifactFiles.Below(tx, root));
        var choice = ModelChooser.Choose(facts, files, request);
        return new(facts, files, choice is null ? null : Folder(choice, files), new Dictionary<string, string>());
    }

    /// <summary>The gaps of a run as a model's profile sees them, changing nothing.</summary>
    public async Task<Result<CaptureCheck>> Check(string runId, string model, CaptureProfile? instead, CancellationToken ct)
    {
        if (await Gather(runId, new(), ct) is not { } run)
            return CaptureRefusals.NoRun(runId);
        var profile = instead ?? await ProfileFor(model, ct);
        var table = Completeness.Table(profile, run);
        return new CaptureCheck(runId, model, profile.Name, profile.Digest, table.All(r => !r.Required || r.Gap is null),
            [.. table.Where(r => r.Required && r.Gap is not null).Select(r => r.Gap!)],
            [.. table.Select(r => new CheckedItem(r.Requirement.Item, r.Required, r.Gap is null, r.Gap?.Mend))]);
    }

    /// <summary>The profile in force for a model.</summary>
    public Task<CaptureProfile> ProfileFor(string model, CancellationToken ct) => store.Read(tx => Profiles.For(tx, model), ct);

    static ModelFolder Folder(string root, List<ArtifactFile> files) =>
        new(root, [.. files.Where(f => f.Path.StartsWith(root + "/", StringComparison.Ordinal)).Select(f => new PackageFile(f.Path[(root.Length + 1)..], f.Size, f.Digest))]);

    /// <summary>The logical folders of a run and of its logged models.</summary>
    internal static IEnumerable<string> Roots(RunFacts facts) =>
        new[] { facts.ArtifactUri }.Concat(facts.Models.Select(m => m.ArtifactUri)).Select(ArtifactUri.PathOf).OfType<string>().Distinct();

    async Task<IReadOnlyDictionary<string, string>> Texts(CapturedRun run, CancellationToken ct)
    {
        Dictionary<string, string> texts = [];
        foreach (var name in Items.EnvironmentItems.Looked)
            if (run.Model?.Files.FirstOrDefault(f => f.Path == name) is { } file && await contents.Read(file.Digest, MostText, ct) is { } bytes)
                texts[$"{run.Model.Root}/{name}"] = Encoding.UTF8.GetString(bytes);
        return texts;
    }
}

/// <summary>The answer of a capture check: <see cref="Complete"/> when there are no gaps.</summary>
public sealed record CaptureCheck(string RunId, string Model, string Profile, Digest ProfileDigest, bool Complete, IReadOnlyList<Gap> Gaps, IReadOnlyList<CheckedItem> Items);

/// <summary>One item of the profile: is it required, is it there, and how to supply it.</summary>
public sealed record CheckedItem(string Item, bool Required, bool Present, string? Mend);
