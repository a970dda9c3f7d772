using Assay.Contracts;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>Where the bytes of a version are to be had. Serving programs ask for it, so it names a store, never another registry address.</summary>
public sealed class Downloads(Versions versions, RunReader runs)
{
    const string OfModels = "models:/", OfRuns = "runs:/";
    const int MostCopies = 8;

    /// <summary>The folder of a version that is named by model and key.</summary>
    public async Task<Result<string>> Of(Tx tx, string model, string key)
    {
        var found = await versions.Find(tx, model, key);
        return found.Ok ? await Of(tx, found.Value) : found.Refusal!;
    }

    /// <summary>The folder of a version's model; its source as it was sent where nothing here is known of it.</summary>
    public async Task<string> Of(Tx tx, VersionView version)
    {
        var view = version;
        for (var copies = 0; copies < MostCopies; copies++)
        {
            if (view.Path is { } path)
                return $"mlflow-artifacts:/{path}";
            if (Named(view.Source) is not var (model, number) || await versions.Find(tx, model, number) is not { Ok: true } original)
                break;
            view = original.Value;
        }
        return await Beside(tx, view.Source) ?? view.Source;
    }

    /// <summary>The folder that a source names by a logged model or by a run.</summary>
    async Task<string?> Beside(Tx tx, string source)
    {
        if (source.StartsWith(OfModels + "m-", StringComparison.Ordinal))
            return await runs.ArtifactUriOfModel(tx, source[OfModels.Length..]);
        if (!source.StartsWith(OfRuns, StringComparison.Ordinal))
            return null;
        var parts = source[OfRuns.Length..].Split('/', 2);
        return await runs.ArtifactUri(tx, parts[0]) is { } root ? parts.Length == 2 ? $"{root}/{parts[1]}" : root : null;
    }

    /// <summary><c>models:/name/3</c>: another version of this registry; <c>models:/m-…</c> is a logged model.</summary>
    internal static (string Model, string Number)? Named(string source) =>
        source.StartsWith(OfModels, StringComparison.Ordinal) && source[OfModels.Length..].TrimStart('/').Split('/') is [var model, var number] ? (model, number) : null;
}
