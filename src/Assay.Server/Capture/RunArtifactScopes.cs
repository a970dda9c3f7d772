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
}
