using Assay.Contracts;
using Assay.Server.Artifacts;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>Artifacts of a run, and of its logged models, follow the run: open for writing while it is, refused once it is sealed.</summary>
sealed class RunArtifactScopes(RunReader runs, RunSeals seals) : IArtifactScopes
{
    public async Task<Refusal?> MayWrite(Tx tx, ArtifactPath path, Digest? content, Principal who)
    {
        var names = path.Names;
        for (var i = 1; i < names.Length; i++)
        {
            if (names[i] != "artifacts")
                continue;
            var owner = names[i - 1];
            if (i >= 2 && names[i - 2] == "models" && owner.StartsWith("m-", StringComparison.Ordinal))
                return await runs.LoggedModel(tx, owner) is { SourceRunId: { } run } ? await seals.MayWrite(tx, run, who, $"artifact {path}") : null;
            if (await seals.State(tx, owner) is not null)
                return await seals.MayWrite(tx, owner, who, $"artifact {path}");
        }
        return null;
    }

    public async Task<Refusal?> MayDelete(Tx tx, IReadOnlyList<ArtifactPath> paths, Principal who)
    {
        foreach (var path in paths.Select(Owning).Distinct())
            if (await MayWrite(tx, path, null, who) is { } refusal)
                return refusal;
        return null;
    }

    /// <summary>All that says whose a path is: it ends with the last name <c>artifacts</c>, so that the files of a run are asked about once.</summary>
    static ArtifactPath Owning(ArtifactPath path)
    {
        var last = Array.LastIndexOf(path.Names, "artifacts");
        return last < 1 ? path : ArtifactPath.Kept(string.Join('/', path.Names[..(last + 1)]));
    }
}
