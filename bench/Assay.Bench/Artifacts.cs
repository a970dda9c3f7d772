using System.Diagnostics;
using System.Security.Cryptography;

namespace Assay.Bench;

/// <summary>Bytes up and down, in megabytes per second, and what a copy with SHA-256 takes on the same disk.</summary>
static class Artifacts
{
    public static async Task<double> Upload(Wire wire, string path, int megabytes)
    {
        using var body = new Megabytes(megabytes);
        var watch = Stopwatch.StartNew();
        using var response = await wire.Http.PutAsync(path, body);
        response.EnsureSuccessStatusCode();
        return megabytes / watch.Elapsed.TotalSeconds;
    }

    public static async Task<double> Download(Wire wire, string path, int megabytes)
    {
        var watch = Stopwatch.StartNew();
        await using var stream = await wire.Http.GetStreamAsync(path);
        await Drain(stream);
        return megabytes / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Reads a file, hashes and writes it, block by block; with <paramref name="sync"/> until it is on the disk, as an upload is.</summary>
    public static async Task<double> Copy(string from, bool sync)
    {
        var to = from + ".copy";
        try
        {
            var watch = Stopwatch.StartNew();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var source = File.OpenRead(from);
            await using (var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                var buffer = new byte[Megabytes.One];
                for (int n; (n = source.Read(buffer)) > 0;)
                {
                    hash.AppendData(buffer, 0, n);
                    target.Write(buffer, 0, n);
                }
                if (sync)
                    target.Flush(flushToDisk: true);
            }
            return source.Length / (double)Megabytes.One / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(to);
        }
    }

    public static async Task Drain(Stream stream)
    {
        var buffer = new byte[Megabytes.One];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }
}
