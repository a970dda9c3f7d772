using System.Security.Cryptography;
using Assay.Contracts;

namespace Assay.Evaluation.Data.Sources;

/// <summary>A folder of its own into which files are fetched: streamed, and hashed on the way. Whoever gets <see cref="Files"/> deletes it with them.</summary>
/// <param name="progress">Told of the megabytes that have come.</param>
public sealed class Fetching(IProgress<EvaluationProgress>? progress) : IDisposable
{
    const int Piece = 1 << 18, Megabyte = 1 << 20;
    readonly List<DataFile> files = [];
    string? folder = Directory.CreateTempSubdirectory("assay-fetched-").FullName;

    /// <summary>Keeps a file.</summary>
    /// <param name="name">Its path within the set, with slashes; how it ends says its format.</param>
    /// <param name="from">Its bytes.</param>
    /// <param name="length">How many there are, where that is known: fewer are an <see cref="IOException"/>.</param>
    /// <param name="ct">Ends the fetching.</param>
    public async Task Keep(string name, Stream from, long? length, CancellationToken ct)
    {
        // Names come from elsewhere: on this machine the file has one of ours, and keeps only its ending.
        var path = Path.Combine(folder!, $"{files.Count}{Ending(name)}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var got = 0L;
        await using (var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
        {
            var buffer = new byte[Piece];
            for (int n; (n = await from.ReadAsync(buffer, ct)) > 0;)
            {
                hash.AppendData(buffer, 0, n);
                await to.WriteAsync(buffer.AsMemory(0, n), ct);
                got += n;
                progress?.Report(new($"fetching {name}, MB", got / Megabyte, (length ?? 0) / Megabyte));
            }
        }
        if (length is { } wanted && wanted != got)
            throw new IOException($"{name} broke off after {got} of {wanted} bytes.");
        files.Add(new(name, path, Digest.FromHash(hash.GetHashAndReset())));
    }

    /// <summary>What was fetched, in the order of names. From here on the folder belongs to it.</summary>
    /// <param name="single">Is the set one file?</param>
    public DataFiles Files(bool single)
    {
        var whole = new DataFiles([.. files.OrderBy(f => f.Name, StringComparer.Ordinal)], single, folder);
        folder = null;
        return whole;
    }

    /// <summary>Deletes what was fetched, unless it was given away.</summary>
    public void Dispose()
    {
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    static string Ending(string name) => Formats.DataFormats.Ending(name) ?? "";
}
