using System.Security.Cryptography;
using System.Text;
using Assay.Contracts;
using Assay.Evaluation.Data.Sources;

namespace Assay.Evaluation.Data;

/// <summary>The identity of a data set's bytes (evaluation.md §5.1): of one file its SHA-256; of several that of the sorted lines <c>path NUL sha256</c>.</summary>
internal static class DataDigest
{
    public static async Task<Digest> Of(DataFiles files, CancellationToken ct)
    {
        if (files.Single)
            return await Of(files.Files[0], ct);
        var lines = new StringBuilder();
        foreach (var file in files.Files)
            lines.Append(file.Name).Append('\0').Append((await Of(file, ct)).Hex).Append('\n');
        return Digest.Of(lines.ToString());
    }

    static async Task<Digest> Of(DataFile file, CancellationToken ct)
    {
        if (file.Digest is { } known)
            return known;
        await using var stream = new FileStream(file.Path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 1 << 20 });
        return Digest.FromHash(await SHA256.HashDataAsync(stream, ct));
    }
}
