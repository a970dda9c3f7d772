using System.Security.Cryptography;
using Amazon.S3;

namespace Assay.Tests.Wire.Artifacts;

/// <summary>The bytes of a server as they lie in its folder or bucket, behind its back.</summary>
sealed class StoredBytes : IDisposable
{
    readonly string folder;
    readonly AmazonS3Client? client;
    readonly string bucket = "", prefix = "";

    public StoredBytes(TestServer server)
    {
        folder = Path.Combine(server.Options.Data, "artifacts");
        if (server.Options.S3 is not { } s3)
            return;
        client = new(s3.AccessKey, s3.SecretKey, new AmazonS3Config { ServiceURL = s3.Endpoint, ForcePathStyle = true, AuthenticationRegion = s3.Region });
        (bucket, prefix) = server.Options.Artifacts!["s3://".Length..].Split('/', 2) is [var name, var below] ? (name, below + "/") : ("", "");
    }

    /// <summary>The names of everything that is there, unfinished objects of many parts included.</summary>
    public async Task<List<string>> All()
    {
        if (client is null)
            return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))];
        List<string> all = [];
        await foreach (var found in client.Paginators.ListObjectsV2(new() { BucketName = bucket, Prefix = prefix }).S3Objects)
            all.Add(found.Key[prefix.Length..]);
        await foreach (var found in client.Paginators.ListMultipartUploads(new() { BucketName = bucket, Prefix = prefix }).Uploads)
            all.Add($"unfinished {found.Key[prefix.Length..]}");
        return all;
    }

    /// <summary>Puts other bytes in the place of a content.</summary>
    public Task Replace(byte[] content, byte[] other) => client is null
        ? File.WriteAllBytesAsync(Path.Combine(folder, Name(content)), other)
        : client.PutObjectAsync(new() { BucketName = bucket, Key = prefix + Name(content), InputStream = new MemoryStream(other), UseChunkEncoding = false });

    /// <summary>Puts an object among the incoming, as a server does that is killed in the middle.</summary>
    public async Task Leave(string name, byte[] bytes)
    {
        if (client is null)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "incoming", name), bytes);
            return;
        }
        await client.PutObjectAsync(new() { BucketName = bucket, Key = $"{prefix}incoming/{name}", InputStream = new MemoryStream(bytes), UseChunkEncoding = false });
        var begun = await client.InitiateMultipartUploadAsync(bucket, $"{prefix}incoming/{name}-begun");
        await client.UploadPartAsync(new() { BucketName = bucket, Key = $"{prefix}incoming/{name}-begun", UploadId = begun.UploadId, PartNumber = 1, InputStream = new MemoryStream(bytes), UseChunkEncoding = false });
    }

    /// <summary>Takes a content away.</summary>
    public async Task Remove(byte[] content)
    {
        if (client is null)
            File.Delete(Path.Combine(folder, Name(content)));
        else
            await client.DeleteObjectAsync(bucket, prefix + Name(content));
    }

    public static string Name(byte[] content)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(content));
        return $"blobs/{hex[..2]}/{hex}";
    }

    public void Dispose() => client?.Dispose();
}
