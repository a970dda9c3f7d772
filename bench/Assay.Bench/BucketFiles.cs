using System.Diagnostics;
using Amazon.S3;

namespace Assay.Bench;

/// <summary>Files up and down through a server whose bytes are in a bucket, beside a plain client's PUT and GET to the same store.</summary>
static class BucketFiles
{
    /// <summary>Where the server must keep its bytes.</summary>
    const string Bucket = "assay-tests", Prefix = "bench";

    /// <param name="wire">The server.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="options">Rounds, and the server's process.</param>
    /// <param name="store">Address, key and secret of the store, as <c>tests/s3 up</c> prints them.</param>
    public static async Task Measure(Wire wire, Report report, BenchOptions options, string store)
    {
        var parts = store.Split(' ');
        using var client = new AmazonS3Client(parts[1], parts[2], new AmazonS3Config { ServiceURL = parts[0], ForcePathStyle = true, AuthenticationRegion = "us-east-1", RequestChecksumCalculation = Amazon.Runtime.RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = Amazon.Runtime.ResponseChecksumValidation.WHEN_REQUIRED });
        var source = Path.GetTempFileName();
        try
        {
            foreach (var size in (int[])[1, 64, 256])
            {
                if (!options.Wants($"{size} MB"))
                    continue;
                for (var round = 0; round < options.Rounds; round++)
                    await Round(wire, report, options, client, source, size);
                report.Ratio($"up / plain PUT, {size} MB", $"up, {size} MB", $"plain PUT, {size} MB");
                report.Ratio($"down / plain GET, {size} MB", $"down, {size} MB", $"plain GET, {size} MB");
            }
        }
        finally
        {
            File.Delete(source);
        }
    }

    static async Task Round(Wire wire, Report report, BenchOptions options, AmazonS3Client client, string source, int size)
    {
        var path = $"/api/2.0/mlflow-artifacts/artifacts/{(await wire.Run()).Root}/file.bin";
        await new Megabytes(size).Save(source);
        await using var memory = new MemoryWatch(options.Process);
        report.Add($"plain PUT, {size} MB", "MB/s", await Timed(size, () => client.PutObjectAsync(new() { BucketName = Bucket, Key = "plain", FilePath = source, UseChunkEncoding = false })));
        report.Add($"up, {size} MB", "MB/s", await Artifacts.Upload(wire, path, size));
        var kept = await Kept(wire, path);
        report.Add($"plain GET, {size} MB", "MB/s", await Timed(size, async () =>
        {
            using var answer = await client.GetObjectAsync(Bucket, kept);
            await Artifacts.Drain(answer.ResponseStream);
        }));
        report.Add($"down, {size} MB", "MB/s", await Artifacts.Download(wire, path, size));
        await client.DeleteObjectAsync(Bucket, "plain");
        if (await memory.Greatest() is { } most)
            report.Add($"greatest resident memory meanwhile, {size} MB", "MB", most);
    }

    /// <summary>The key under which the server keeps a file: a plain client reads the very same object.</summary>
    static async Task<string> Kept(Wire wire, string path)
    {
        using var head = await wire.Http.SendAsync(new(HttpMethod.Head, path));
        var hex = head.EnsureSuccessStatusCode().Headers.ETag!.Tag.Trim('"');
        return $"{Prefix}/blobs/{hex[..2]}/{hex}";
    }

    static async Task<double> Timed(int megabytes, Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return megabytes / watch.Elapsed.TotalSeconds;
    }
}
