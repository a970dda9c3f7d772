using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Assay.Server.Artifacts;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Artifacts;

/// <summary>What every store of bytes must do, whatever it is made of.</summary>
public sealed class KeepingBytes(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";
    const int Part = 8 << 20;

    [Theory, BothStores]
    public async Task Bytes_of_every_size_come_back_as_they_went(Keeping where)
    {
        var server = await servers.On(where);
        var run = await server.Given.ARun();
        foreach (var size in (int[])[0, 1, 4096, (1 << 20) - 1, 1 << 20, Part - 1, Part, Part + 1, 3 * Part + 5])
        {
            var bytes = RandomNumberGenerator.GetBytes(size);
            await Given.Ok(server.Given.UploadBytes(run, "file", bytes));
            var got = await server.Http.GetByteArrayAsync($"{Proxy}/{run.Root}/file");
            got.AsSpan().SequenceEqual(bytes).ShouldBeTrue($"{size} bytes");
        }
    }

    [Theory, BothStores]
    public async Task A_body_of_unknown_length_is_kept_too(Keeping where)
    {
        var server = await servers.On(where);
        var run = await server.Given.ARun();
        foreach (var size in (int[])[0, 100_000, 2 * Part + 7])
        {
            var bytes = RandomNumberGenerator.GetBytes(size);
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{Proxy}/{run.Root}/chunked") { Content = new ByteArrayContent(bytes) };
            request.Headers.TransferEncodingChunked = true;
            await Given.Ok(server.Given.Send(request));
            (await server.Http.GetByteArrayAsync($"{Proxy}/{run.Root}/chunked")).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        }
    }

    [Theory, BothStores]
    public async Task The_same_content_is_kept_once_under_its_digest_and_nothing_else_is_there(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var run = await server.Given.ARun();
        byte[] small = RandomNumberGenerator.GetBytes(1000), large = RandomNumberGenerator.GetBytes(2 * Part);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Given.Ok(server.Given.UploadBytes(run, $"{i}/small", small))));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Given.Ok(server.Given.UploadBytes(run, $"{i}/large", large))));
        (await stored.All()).Order().ShouldBe(((string[])[StoredBytes.Name(small), StoredBytes.Name(large)]).Order());
    }

    [Theory, BothStores]
    public async Task An_upload_that_breaks_off_is_never_visible(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var run = await server.Given.ARun();
        foreach (var sent in (int[])[9, 2 * Part + 100])
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"PUT {Proxy}/{run.Root}/broken.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000\r\n\r\n"));
            await socket.GetStream().WriteAsync(new byte[sent]);
        }
        ((int)(await server.Http.GetAsync($"{Proxy}/{run.Root}/broken.bin")).StatusCode).ShouldBe(404);
        (await stored.All()).ShouldAllBe(name => !name.StartsWith("blobs", StringComparison.Ordinal));
    }

    [Theory, BothStores]
    public async Task What_abandoned_uploads_left_is_swept_and_kept_bytes_are_not(Keeping where)
    {
        await using var server = await servers.Fresh(Engine.Sqlite, where: where);
        using var stored = new StoredBytes(server);
        var bytes = RandomNumberGenerator.GetBytes(1000);
        await Given.Ok(server.Given.UploadBytes(await server.Given.ARun(), "kept", bytes));
        await stored.Leave("left", new byte[100]);
        var contents = server.Services.GetRequiredService<IContentStore>();
        (await server.Services.GetRequiredService<IncomingSweep>().Sweep(TestContext.Current.CancellationToken)).ShouldBe(0, "what is younger than the age may still be needed");
        (await contents.Sweep(TimeProvider.System.GetUtcNow().AddMinutes(1), TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        (await stored.All()).ShouldBe([StoredBytes.Name(bytes)]);
    }

    [Theory, BothEngines]
    public async Task Of_many_servers_one_sweeps(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        using var stored = new StoredBytes(server);
        var ct = TestContext.Current.CancellationToken;
        await stored.Leave("left", new byte[100]);
        File.SetLastWriteTimeUtc(Path.Combine(server.Options.Data, "artifacts", "incoming", "left"), (TimeProvider.System.GetUtcNow() - IncomingSweep.Age - TimeSpan.FromMinutes(1)).UtcDateTime);
        var sweep = server.Services.GetRequiredService<IncomingSweep>();
        await using (await server.Services.GetRequiredService<Store>().TryHold("artifacts-sweep", ct))
            (await sweep.Sweep(ct)).ShouldBe(0, "another one is at it");
        (await sweep.Sweep(ct)).ShouldBe(1);
        (await stored.All()).ShouldNotContain("incoming/left");
    }
}
