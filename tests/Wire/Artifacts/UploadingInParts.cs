using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assay.Server.Artifacts;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Artifacts;

/// <summary>MLflow's uploads in parts, as a client with MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD makes them.</summary>
public sealed class UploadingInParts(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts";

    [Theory, BothEngines]
    public async Task A_file_in_parts_becomes_one_file_under_both_prefixes(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var prefix in (string[])["/api/2.0/mlflow-artifacts", "/ajax-api/2.0/mlflow-artifacts"])
        {
            var run = await server.Given.ARun();
            var pieces = Pieces(100_000, 100_000, 5);
            var upload = await Begin(server, $"{run.Root}/model", "/home/me/model.pkl", 3, prefix);
            await Send(upload, pieces);
            (await List(server, run)).ShouldBeEmpty("nothing shows before it is whole");
            await Given.Ok(Complete(server, upload));
            (await server.Http.GetByteArrayAsync($"{Proxy}/artifacts/{run.Root}/model/model.pkl")).ShouldBe([.. pieces.SelectMany(p => p)]);
        }
    }

    [Theory, BothStores]
    public async Task Parts_may_come_in_any_order_twice_and_at_once(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var run = await server.Given.ARun();
        foreach (var size in (int[])[6 << 20, 1000])
        {
            var pieces = Pieces(size, size, size, 10);
            var upload = await Begin(server, run.Root, "file.bin", 4);
            await Put(upload.Urls[1], Pieces(7)[0]);
            upload.Tags[3] = await Put(upload.Urls[3], pieces[3]);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => upload.Tags[i] = await Put(upload.Urls[i], pieces[i])));
            await Given.Ok(Complete(server, upload));
            byte[] whole = [.. pieces.SelectMany(p => p)];
            (await server.Http.GetByteArrayAsync($"{Proxy}/artifacts/{run.Root}/file.bin")).AsSpan().SequenceEqual(whole).ShouldBeTrue();
            (await stored.All()).ShouldContain(StoredBytes.Name(whole));
            (await stored.All()).ShouldAllBe(name => name.StartsWith("blobs", StringComparison.Ordinal));
            await Given.Ok(Complete(server, upload));   // a client that did not hear the answer asks again
        }
    }

    [Theory, BothEngines]
    public async Task A_run_sealed_meanwhile_is_not_changed_and_a_sealed_one_takes_no_upload(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ACompleteRun();
        var upload = await Begin(server, $"{run.Root}/model", "model.pkl", 1);
        await Send(upload, Pieces(1000));
        await Given.Ok(server.Given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = Given.Name("model") }), HttpStatusCode.Created);
        (await Complete(server, upload)).ShouldBeRefused(409, "run-sealed");
        (await server.Http.GetStringAsync($"{Proxy}/artifacts/{run.Root}/model/model.pkl")).ShouldBe("weights");
        (await Create(server, $"{run.Root}/model", "other.pkl", 1)).ShouldBeRefused(409, "run-sealed");
    }

    [Theory, BothEngines]
    public async Task What_does_not_fit_together_is_refused_and_says_what_to_do(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        (await Create(server, run.Root, "f", 0)).ShouldBeRefused(400, "bad-part-count");
        (await Create(server, run.Root, "f", 10_001)).ShouldBeRefused(400, "bad-part-count");
        (await Create(server, run.Root, "..", 1)).ShouldBeRefused(400, "bad-artifact-path");
        (await Create(server, $"{run.Root}/%252e%252e", "f", 1)).ShouldBeRefused(400, "bad-artifact-path");
        var upload = await Begin(server, run.Root, "f", 3);
        await Send(upload with { Urls = upload.Urls[..1] }, Pieces(10));
        (await Complete(server, upload)).ShouldBeRefused(400, "bad-arguments");
        (await Complete(server, upload with { Tags = [upload.Tags[0], "none", "none"] })).Text.ShouldContain("parts 2, 3");
        (await Complete(server, upload with { Tags = ["\"other\"", "none", "none"] })).ShouldBeRefused(400, "parts-missing");
        (await Complete(server, upload with { Tags = [upload.Tags[0]], Numbers = [4] })).ShouldBeRefused(400, "parts-unordered");
        (await Complete(server, upload with { File = "other", Tags = upload.Tags[..1] })).ShouldBeRefused(400, "other-upload");
        (await Complete(server, upload with { Id = new string('0', 64), Tags = upload.Tags[..1] })).ShouldBeRefused(404, "no-such-upload", "Begin the upload again");
        foreach (var number in (string[])["0", "4", "x", "-1", "99999999999999999999"])
            (await Refused(upload.Urls[0][..^1] + number)).ShouldBeRefused(400, "bad-part-number");
        (await Refused(upload.Urls[0].Replace(upload.Id, new string('0', 64), StringComparison.Ordinal))).ShouldBeRefused(404, "no-such-upload");
    }

    [Theory, BothStores]
    public async Task An_aborted_upload_leaves_nothing_and_takes_nothing(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var run = await server.Given.ARun();
        var upload = await Begin(server, run.Root, "f", 2);
        await Send(upload, Pieces(1000, 10));
        (await stored.All()).Count.ShouldBe(2);
        await Given.Ok(Step(server, "abort", upload));
        await Given.Ok(Step(server, "abort", upload));
        (await stored.All()).ShouldBeEmpty();
        (await Refused(upload.Urls[0])).ShouldBeRefused(404, "no-such-upload");
        (await Complete(server, upload)).ShouldBeRefused(404, "no-such-upload");
    }

    [Theory, BothStores]
    public async Task An_abandoned_upload_is_swept(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var upload = await Begin(server, (await server.Given.ARun()).Root, "f", 2);
        await Send(upload with { Urls = upload.Urls[..1] }, Pieces(1000));
        var ct = TestContext.Current.CancellationToken;
        await server.Services.GetRequiredService<IncomingSweep>().Sweep(ct);
        (await stored.All()).Count.ShouldBe(1, "what is younger than the age may still be completed");
        await server.Write($"UPDATE artifacts_upload SET created_ms = created_ms - {25 * 3_600_000L}");
        (await Refused(upload.Urls[1])).ShouldBeRefused(404, "no-such-upload", "24 hours");
        await server.Services.GetRequiredService<IContentStore>().Sweep(TimeProvider.System.GetUtcNow().AddMinutes(1), ct);
        (await stored.All()).ShouldBeEmpty();
    }

    [Theory, BothStores]
    public async Task A_part_that_the_store_lost_is_named(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var upload = await Begin(server, (await server.Given.ARun()).Root, "f", 2);
        var pieces = Pieces(1000, 10);
        await Send(upload, pieces);
        await server.Services.GetRequiredService<IContentStore>().Sweep(TimeProvider.System.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken);
        (await Complete(server, upload)).ShouldBeRefused(409, "part-damaged", "Send it again");
        await Send(upload, pieces);
        await Given.Ok(Complete(server, upload));
    }

    [Fact]
    public async Task Any_server_on_one_database_and_bucket_takes_any_part()
    {
        await using var first = await servers.Fresh(Engine.Postgres, where: Keeping.Bucket);
        var data = Directory.CreateTempSubdirectory("assay second ").FullName;
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        File.Copy(Path.Combine(first.Options.Data, "keys", "server.ed25519"), Path.Combine(data, "keys", "server.ed25519"));
        await using var second = await TestServer.Start(first.Options with { Listen = ["http://127.0.0.1:0"], Data = data });
        var run = await first.Given.ARun();
        var pieces = Pieces(6 << 20, 6 << 20, 100);
        var upload = await Begin(first, run.Root, "f", 3);
        upload.Urls[1] = upload.Urls[1].Replace(first.Url, second.Url, StringComparison.Ordinal);
        await Send(upload, pieces);
        await Given.Ok(Complete(second, upload));
        (await first.Http.GetByteArrayAsync($"{Proxy}/artifacts/{run.Root}/f")).AsSpan().SequenceEqual(pieces.SelectMany(p => p).ToArray()).ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task The_same_parts_again_mend_a_damaged_content(Keeping where)
    {
        var server = await servers.On(where);
        using var stored = new StoredBytes(server);
        var (run, pieces) = (await server.Given.ARun(), Pieces(6 << 20, 6 << 20, 10));
        byte[] whole = [.. pieces.SelectMany(p => p)];
        await Given.Ok(server.Given.UploadBytes(run, "f", whole));
        foreach (var harm in (Func<Task>[])[() => stored.Replace(whole, new byte[whole.Length]), () => stored.Remove(whole)])
        {
            await harm();
            var upload = await Begin(server, run.Root, "f", pieces.Length);
            await Send(upload, pieces);
            await Given.Ok(Complete(server, upload));
            (await server.Http.GetByteArrayAsync($"{Proxy}/artifacts/{run.Root}/f")).AsSpan().SequenceEqual(whole).ShouldBeTrue();
        }
    }

    sealed record Upload(string Prefix, string Folder, string File, string Id, string[] Urls, string[] Tags)
    {
        public long[] Numbers { get; init; } = [.. Enumerable.Range(1, Tags.Length).Select(n => (long)n)];
    }

    static byte[][] Pieces(params int[] sizes) => [.. sizes.Select(RandomNumberGenerator.GetBytes)];

    static Task<Answer> Create(TestServer server, string folder, string file, long parts, string prefix = Proxy) =>
        Post(server, $"{prefix}/mpu/create/{folder}", new() { ["path"] = file, ["num_parts"] = parts });

    static async Task<Upload> Begin(TestServer server, string folder, string file, int parts, string prefix = Proxy)
    {
        var json = (await Given.Ok(Create(server, folder, file, parts, prefix))).Json;
        var credentials = json["credentials"]!.AsArray();
        credentials.Select(c => (int)c!["part_number"]!).ShouldBe(Enumerable.Range(1, parts));
        credentials.ShouldAllBe(c => c!["headers"]!.AsObject().Count == 0);
        return new(prefix, folder, file, (string)json["upload_id"]!, [.. credentials.Select(c => (string)c!["url"]!)], new string[parts]);
    }

    /// <summary>As an MLflow client does it: to the address as it stands, without any header of ours.</summary>
    static async Task<string> Put(string url, byte[] bytes)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(url, new ByteArrayContent(bytes));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return answer.Headers.ETag!.Tag;
    }

    static async Task<Answer> Refused(string url)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(url, new ByteArrayContent([1]));
        return new(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    static async Task Send(Upload upload, byte[][] pieces)
    {
        for (var i = 0; i < upload.Urls.Length; i++)
            upload.Tags[i] = await Put(upload.Urls[i], pieces[i]);
    }

    static Task<Answer> Complete(TestServer server, Upload upload) => Step(server, "complete", upload);

    static Task<Answer> Step(TestServer server, string step, Upload upload) => Post(server, $"{upload.Prefix}/mpu/{step}/{upload.Folder}", new()
    {
        ["path"] = upload.File,
        ["upload_id"] = upload.Id,
        ["parts"] = new JsonArray([.. upload.Tags.Select((tag, i) => new JsonObject { ["part_number"] = upload.Numbers[i], ["etag"] = tag, ["url"] = "x" })]),
    });

    static Task<Answer> Post(TestServer server, string path, JsonObject body) => server.Given.Send(new(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(body) });

    static async Task<JsonArray> List(TestServer server, LoggedRun run) => (await Given.Ok(server.Given.Get($"artifacts/list?run_id={run.Id}"))).Json["files"]?.AsArray() ?? [];
}
