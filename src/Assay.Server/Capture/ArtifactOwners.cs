using Assay.Server.Artifacts;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>
/// Says whose a path of the artifact store is: the run's or the logged model's below whose artifacts it lies, else the experiment's whose folder it is in.
/// A path that is nobody's, or several experiments', belongs to the registry as a whole.
/// </summary>
sealed class ArtifactOwners(Store store, RunReader runs) : IScopes
{
    public IReadOnlyCollection<TouchedKind> Kinds { get; } = [TouchedKind.Artifact];

    public Task<Scope?> Of(Touched touched, CancellationToken ct) => store.Read(async Task<Scope?> (tx) =>
    {
        var path = touched.Id.Trim('/');
        var names = path.Split('/');
        for (var i = 1; i < names.Length; i++)
            if (names[i] == "artifacts" && await runs.OwnerOf(tx, names[i - 1]) is { } owner && Below(owner.ArtifactUri, path) is not null)
                return owner.Scope;
        var folders = await runs.ExperimentFolders(tx);
        var above = folders.Select(e => (e.Name, Depth: Below(e.Location, path))).Where(e => e.Depth is not null).ToList();
        var nearest = above.Where(e => e.Depth == above.Max(a => a.Depth)).ToList();
        // Somebody else's folder may lie below: what is done to this one is done to that one too.
        return nearest is [var one] && !folders.Any(f => ArtifactUri.PathOf(f.Location) is { } inner && inner.StartsWith(path + "/", StringComparison.Ordinal)) ? new(Experiment: one.Name) : Scope.Everything;
    }, ct);

    /// <summary>How deep a folder is that the path is, or lies in; null when it is elsewhere.</summary>
    static int? Below(string uri, string path) =>
        ArtifactUri.PathOf(uri) is { } folder && (path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)) ? folder.Length : null;
}
