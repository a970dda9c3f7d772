using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Assay.Contracts.Wire;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Nothing else runs meanwhile: what is measured here is what the whole process allocates.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Bodies that come slowly, stop in the middle, are huge or never end: refused or taken whole, and the server's memory stays as it was.</summary>
[Collection(nameof(Alone))]
public sealed class BrokenRequests(Servers servers)
{
    const string Create = "/api/2.0/mlflow/experiments/create";

    [Theory, BothEngines]
    public async Task A_body_that_comes_byte_by_byte_is_read_whole(Engine engine)
    {
        var server = await servers.On(engine);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { name = $"slow {Guid.NewGuid():N}" });
        using var socket = await Open(server, $"POST {Create} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        foreach (var one in body)
            await socket.SendAsync(new[] { one }); // each in a packet of its own
        (await Status(socket)).ShouldBe(200);
    }

    [Theory, BothEngines]
    public async Task A_body_in_chunks_is_read_whole(Engine engine)
    {
        var server = await servers.On(engine);
        using var socket = await Open(server, $"POST {Create} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var piece in (string[])["{\"na", "me\":\"", $"chunked {Guid.NewGuid():N}", "\"}"])
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{piece.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n{piece}\r\n"));
        await socket.SendAsync("0\r\n\r\n"u8.ToArray());
        (await Status(socket)).ShouldBe(200);
    }

    [Theory, BothEngines]
    public async Task What_breaks_off_is_as_if_it_had_never_begun(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, name) = (await server.Given.ARun(), $"broken {Guid.NewGuid():N}");
        var body = JsonSerializer.Serialize(new { name });
        foreach (var head in (string[])
            [$"POST {Create} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length + 10}\r\n\r\n{body}", $"PUT /api/2.0/mlflow-artifacts/artifacts/{run.Root}/half.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\nhalf"])
        {
            var socket = await Open(server, head);
            socket.Shutdown(SocketShutdown.Send);
            (await Status(socket)).ShouldBeOneOf(400, 0); // told, if anybody still listens
            socket.Dispose();
        }
        (await server.Get($"/experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}")).Status.ShouldBe(404);
        (await server.Get($"/artifacts/list?run_id={run.Id}")).Good["files"].ShouldBeNull();
        Directory.EnumerateFiles(server.Options.Data, "*", SearchOption.AllDirectories).Any(f => f.Contains("incoming", StringComparison.Ordinal) && new FileInfo(f).Length == 4).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task A_body_that_never_ends_is_refused_when_it_has_been_enough(Engine engine)
    {
        var server = await servers.On(engine);
        using var socket = await Open(server, $"POST {Create} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        var piece = Encoding.ASCII.GetBytes($"100000\r\n{new string(' ', 1 << 20)}\r\n");
        for (var sent = 0L; sent <= WireLimits.Body.Most; sent += 1 << 20)
            await socket.SendAsync(piece);
        (await Status(socket)).ShouldBe(400);
    }

    [Theory, BothEngines]
    public async Task A_huge_body_of_whatever_kind_costs_a_few_copies_of_itself(Engine engine)
    {
        const int Ten = 10 * 1024 * 1024;
        var server = await servers.On(engine);
        var run = await server.ARun();
        var (before, sent) = (GC.GetTotalAllocatedBytes(precise: true), 3L * Ten);
        (await server.Send(HttpMethod.Post, "/experiments/create", $"{{\"name\":\"{Guid.NewGuid():N}\",\"unknown\":\"{new string('x', Ten)}\"}}")).Good.ShouldNotBeNull();
        foreach (var (start, filling, end) in new[] { ("", "[", ""), ("{\"name\":", "1", "}"), ("{\"tags\":[1", ",1", "]}"), ("{\"tags\":[{}", ",{}", "]}"), ("{\"name\":\"", "x", "\"}"), ("", " ", ""), ("\"", "x", "\""), ("{\"a\":1", ",\"a\":1", "}") })
        {
            var reply = await server.Send(HttpMethod.Post, "/experiments/create", new StringBuilder(start, Ten + 100).Insert(start.Length, filling, Ten / filling.Length).Append(end).ToString());
            reply.Status.ShouldBe(400, start);
            reply.Text.Length.ShouldBeLessThan(10_000, start);
            sent += Ten;
        }
        (await server.Post("/runs/set-tag", new { run_id = run, key = "k", value = new string('x', Ten) })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "1000000");
        (await server.Post("/runs/search", new { experiment_ids = new[] { "0" }, filter = new string('(', Ten) })).ShouldBeRefused(400, "INVALID_PARAMETER_VALUE", "100000");
        // The client's own copies (a text of two bytes per character, built and sent) are most of it.
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(20 * sent);
    }

    [Theory, BothEngines]
    public async Task A_large_file_goes_up_and_down_without_being_held(Engine engine)
    {
        const long Size = 96L << 20;
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        var address = $"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/large.bin";
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using (var body = new StreamContent(new Noise(Size), 1 << 16))
            (await server.Http.PutAsync(address, body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        using var answer = await server.Http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var (buffer, got) = (new byte[1 << 16], 0L);
        for (int n; (n = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
            got += n;
        got.ShouldBe(Size);
        // Both ways, client and server together: what is allocated in all that time is less than half of the file.
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(Size / 2);
    }

    static async Task<Socket> Open(TestServer server, string head)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        return socket;
    }

    /// <summary>The status of the answer; 0 when the connection was closed without one.</summary>
    static async Task<int> Status(Socket socket)
    {
        var line = new byte[16];
        try
        {
            var got = await socket.ReceiveAsync(line, TestContext.Current.CancellationToken);
            return got < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(line, 9, 3), CultureInfo.InvariantCulture);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}

/// <summary>Bytes that are made as they are read.</summary>
sealed class Noise(long length) : Stream
{
    long at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var n = (int)Math.Min(count, length - at);
        buffer.AsSpan(offset, n).Fill((byte)(at >> 16));
        at += n;
        return n;
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
