using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Artifacts;

/// <summary>Bytes on their way out: ranges, conditions, and contents that the disk or the bucket lost or changed.</summary>
public sealed class Downloading(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory, BothStores]
    public async Task Ranges_and_conditions_are_answered_as_http_has_them(Keeping where)
    {
        var (server, address, bytes) = await AFile(where, 3_000_000);
        (await Part(server, address, "bytes=10-19")).ShouldBe((HttpStatusCode.PartialContent, "bytes 10-19/3000000", Hex(bytes[10..20])));
        (await Part(server, address, "bytes=2999990-")).ShouldBe((HttpStatusCode.PartialContent, "bytes 2999990-2999999/3000000", Hex(bytes[^10..])));
        (await Part(server, address, "bytes=-5")).ShouldBe((HttpStatusCode.PartialContent, "bytes 2999995-2999999/3000000", Hex(bytes[^5..])));
        (await Part(server, address, "bytes=100000-2500000")).ShouldBe((HttpStatusCode.PartialContent, "bytes 100000-2500000/3000000", Hex(bytes[100_000..2_500_001])));
        (await Part(server, address, "bytes=3000000-")).ShouldBe((HttpStatusCode.RequestedRangeNotSatisfiable, "bytes */3000000", Hex([])));
        (await Part(server, address, "bytes=0-1,5-6")).ShouldBe((HttpStatusCode.OK, null, Hex(bytes)));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
        (await Part(server, address, "bytes=0-0", ("If-Range", tag))).Status.ShouldBe(HttpStatusCode.PartialContent);
        (await Part(server, address, "bytes=0-0", ("If-Range", "\"other\""))).Status.ShouldBe(HttpStatusCode.OK);
        (await Part(server, address, null, ("If-None-Match", tag))).ShouldBe((HttpStatusCode.NotModified, null, Hex([])));
        (await Part(server, address, null, ("If-Match", "\"other\""))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Theory, BothStores]
    public async Task A_content_that_is_missing_or_cut_short_is_an_error_that_names_it(Keeping where)
    {
        foreach (var size in (int[])[1000, 3_000_000])
        {
            var (server, address, bytes) = await AFile(where, size);
            using var stored = new StoredBytes(server);
            await stored.Replace(bytes, bytes[..^1]);
            await Damaged(server, address, bytes);
            await Damaged(server, address, bytes, "bytes=900-950");
            await stored.Replace(bytes, bytes[..10]);
            await Damaged(server, address, bytes, "bytes=900-950");
            await stored.Remove(bytes);
            await Damaged(server, address, bytes);
        }
    }

    [Theory, BothStores]
    public async Task A_small_content_with_a_changed_byte_is_an_error_before_anything_is_sent(Keeping where)
    {
        var (server, address, bytes) = await AFile(where, 1000);
        await Change(server, bytes);
        await Damaged(server, address, bytes);
    }

    [Theory, BothStores]
    public async Task A_large_content_with_a_changed_byte_never_arrives_whole(Keeping where)
    {
        var (server, address, bytes) = await AFile(where, 3_000_000);
        await Change(server, bytes);
        await Should.ThrowAsync<HttpRequestException>(() => server.Http.GetByteArrayAsync(address));
    }

    [Theory, BothStores]
    public async Task The_same_bytes_uploaded_again_mend_a_damaged_content(Keeping where)
    {
        foreach (var size in (int[])[1000, (8 << 20) + 1, 20 << 20])
        {
            var (server, address, bytes) = await AFile(where, size);
            using var stored = new StoredBytes(server);
            foreach (var harm in (Func<Task>[])[() => Change(server, bytes), () => stored.Replace(bytes, bytes[..^1]), () => stored.Remove(bytes)])
            {
                await harm();
                await Given.Ok(server.Given.UploadBytes(await server.Given.ARun(), "again.bin", bytes));
                (await server.Http.GetByteArrayAsync(address)).AsSpan().SequenceEqual(bytes).ShouldBeTrue($"{size} bytes");
            }
        }
    }

    [Theory, BothStores]
    public async Task A_run_whose_model_file_is_damaged_is_not_taken_for_one_without_a_signature(Keeping where)
    {
        var server = await servers.On(where);
        var run = await server.Given.ACompleteRun();
        await Change(server, System.Text.Encoding.UTF8.GetBytes(Given.MlModel(run.Id)));
        var answer = await server.Given.Api(HttpMethod.Post, "versions", new System.Text.Json.Nodes.JsonObject { ["run_id"] = run.Id, ["model"] = Given.Name("model") });
        answer.ShouldBeRefused(503, "storage-unavailable");
        answer.Text.ShouldContain("is missing or damaged");
    }

    async Task<(TestServer Server, string Address, byte[] Bytes)> AFile(Keeping where, int size)
    {
        var server = await servers.On(where);
        var run = await server.Given.ARun();
        var bytes = RandomNumberGenerator.GetBytes(size);
        await Given.Ok(server.Given.UploadBytes(run, "file.bin", bytes));
        return (server, $"{Proxy}/{run.Root}/file.bin", bytes);
    }

    static async Task<(HttpStatusCode Status, string? Range, string Bytes)> Part(TestServer server, string address, string? range, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (range is not null)
            request.Headers.Range = RangeHeaderValue.Parse(range);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await server.Http.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentRange?.ToString(), Hex(await response.Content.ReadAsByteArrayAsync()));
    }

    static async Task Damaged(TestServer server, string address, byte[] bytes, string? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (range is not null)
            request.Headers.Range = RangeHeaderValue.Parse(range);
        var answer = await server.Given.Send(request);
        answer.ShouldBeRefused(503, "artifact-damaged", "Restore it from a backup");
        answer.Text.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        ((string?)answer.Json["error_code"]).ShouldBe("TEMPORARILY_UNAVAILABLE");
    }

    static async Task Change(TestServer server, byte[] bytes)
    {
        byte[] changed = [.. bytes];
        changed[^1] ^= 1;
        using var stored = new StoredBytes(server);
        await stored.Replace(bytes, changed);
    }

    static string Hex(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
