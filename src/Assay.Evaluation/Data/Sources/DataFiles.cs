using Assay.Contracts;

namespace Assay.Evaluation.Data.Sources;

/// <summary>One file of a data set.</summary>
/// <param name="Name">Its path within the set, with slashes; of a single file its name.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Digest">The SHA-256 of its bytes, if it was taken while it was fetched.</param>
public sealed record DataFile(string Name, string Path, Digest? Digest = null);

/// <summary>The files of a data set, in the order in which they are read.</summary>
/// <param name="files">The files, sorted by name.</param>
/// <param name="single">Is the set one file, and not a folder or pattern that happens to hold one?</param>
/// <param name="fetched">A folder to be deleted with them; null when they are the user's own.</param>
public sealed class DataFiles(IReadOnlyList<DataFile> files, bool single, string? fetched = null) : IDisposable
{
    /// <summary>The files, sorted by name.</summary>
    public IReadOnlyList<DataFile> Files => files;

    /// <summary>Is the set one file?</summary>
    public bool Single => single;

    /// <summary>Deletes what was fetched.</summary>
    public void Dispose()
    {
        if (fetched is not null && Directory.Exists(fetched))
            Directory.Delete(fetched, recursive: true);
    }
}
