using System.Diagnostics;
using System.Security.Cryptography;

namespace Assay.Bench;

/// <summary>Bytes up and down, beside a copy on the same disk that hashes and syncs as the server does.</summary>
static class Artifacts
{
    const int Megabytes = 64, Block = 1 << 20;
    static readonly byte[] Content = RandomNumberGenerator.GetBytes(Megabytes * Block);
    static string last = "";

    public static async Task<double> Upload(Wire wire)
    {
        var run = await wire.Run();
        // Another first byte is another content: nothing is saved by knowing it already.
        RandomNumberGenerator.Fill(Content.AsSpan(0, 16));
        last = $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/big.bin";
        using var body = new ByteArrayContent(Content);
        var watch = Stopwatch.StartNew();
        using var response = await wire.Http.PutAsync(last, body);
        response.EnsureSuccessStatusCode();
        return Megabytes / watch.Elapsed.TotalSeconds;
    }

    public static async Task<double> Download(Wire wire)
    {
        var buffer = new byte[Block];
        var watch = Stopwatch.StartNew();
        await using var stream = await wire.Http.GetStreamAsync(last);
        for (int n; (n = await stream.ReadAsync(buffer)) > 0;)
        {
        }
        return Megabytes / watch.Elapsed.TotalSeconds;
    }

    public static async Task<double> CopyWithHash()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var watch = Stopwatch.StartNew();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
            {
                for (var at = 0; at < Content.Length; at += Block)
                {
                    hash.AppendData(Content, at, Block);
                    await stream.WriteAsync(Content.AsMemory(at, Block));
                }
                stream.Flush(flushToDisk: true);
            }
            return Megabytes / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
