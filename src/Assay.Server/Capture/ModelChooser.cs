using Assay.Server.Artifacts;
using Assay.Server.Tracking;

namespace Assay.Server.Capture;

/// <summary>Finds the model folder that a version is to be made of: always one that belongs to the run.</summary>
static class ModelChooser
{
    const string MlModel = "/MLmodel";

    /// <summary>The logical path of the folder, or null when none fits or several do.</summary>
    public static string? Choose(RunFacts facts, IReadOnlyList<ArtifactFile> files, ModelRequest request)
    {
        var folders = files.Where(f => f.Path.EndsWith(MlModel, StringComparison.Ordinal)).Select(f => f.Path[..^MlModel.Length]).ToList();
        if (request is { Source: null, Path: null })
            return folders.Count == 1 ? folders[0] : Outermost(folders);
        var root = ArtifactUri.PathOf(facts.ArtifactUri);
        return Meant(facts, root, request).FirstOrDefault(folder => folder is not null && folders.Contains(folder));
    }

    /// <summary>The folders that a request may mean, the likeliest first.</summary>
    static IEnumerable<string?> Meant(RunFacts facts, string? root, ModelRequest request)
    {
        if (request.Path is { } path)
            return [Join(root, path), .. Logged(facts, m => m.Name == path || m.ModelId == path)];
        var source = request.Source!.TrimEnd('/');
        if (source.StartsWith("runs:/", StringComparison.Ordinal))
        {
            var rest = source["runs:/".Length..].Split('/', 2);
            return rest[0] != facts.RunId ? [] : rest.Length == 1 ? [root] : [Join(root, rest[1]), .. Logged(facts, m => m.Name == rest[1] || m.ModelId == rest[1])];
        }
        if (source.StartsWith("models:/", StringComparison.Ordinal))
            return Logged(facts, m => m.ModelId == source["models:/".Length..]);
        return [ArtifactUri.PathOf(source)];
    }

    static IEnumerable<string?> Logged(RunFacts facts, Func<ModelFact, bool> fits) => facts.Models.Where(fits).Reverse().Select(m => ArtifactUri.PathOf(m.ArtifactUri));

    static string? Join(string? root, string path) => root is null ? null : $"{root}/{path.Trim('/')}";

    /// <summary>A model folder may hold another inside (a wrapped model): the outer one is meant.</summary>
    static string? Outermost(List<string> folders)
    {
        var outer = folders.Where(f => !folders.Exists(o => f.StartsWith(o + "/", StringComparison.Ordinal))).ToList();
        return outer.Count == 1 ? outer[0] : null;
    }
}
