using System.Net;
using System.Net.Sockets;
using System.Text;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using CsCheck;

namespace Assay.Tests.Wire.Artifacts;

public sealed class Storing(Servers servers)
{
    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Theory, BothEngines]
    public async Task Files_come_back_as_they_went_whatever_their_names(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        string[] names = ["plain.txt", "with space.txt", "50% + more.txt", "größe/日本語.bin", "a/b/c/d.txt", "empty", "UPPER.TXT", "x?y=z&w.txt", "it's.txt"];
        foreach (var name in names)
            await Given.Ok(server.Given.UploadBytes(run, name, name == "empty" ? [] : Encoding.UTF8.GetBytes("content of " + name)));
        foreach (var name in names)
        {
            var path = string.Join('/', $"{run.Root}/{name}".Split('/').Select(Uri.EscapeDataString));
            (await server.Http.GetStringAsync($"{Proxy}/{path}")).ShouldBe(name == "empty" ? "" : "content of " + name);
        }
        var listed = (await server.Given.Get($"artifacts/list?run_id={run.Id}")).Json["files"]!.AsArray();
        listed.Select(f => (string)f!["path"]!).Order(StringComparer.Ordinal).ShouldBe(names.Select(n => n.Split('/')[0]).Distinct().Order(StringComparer.Ordinal));
        var below = (await server.Given.Get($"artifacts/list?run_id={run.Id}&path=a/b")).Json["files"]!.AsArray();
        ((string)below.Single()!["path"]!).ShouldBe("a/b/c");
        ((bool)below.Single()!["is_dir"]!).ShouldBeTrue();
    }

    static readonly string[] Elsewhere = ["../x", "a/../../x", "%2e%2e/x", "%252e%252e/x", "a/%2e%2e%2fx", "..%5cx", "a//b", "/etc/passwd", "%2Fetc%2Fpasswd", "C:/x", "a%00b", "a%23b"];

    [Fact]
    public async Task Paths_that_lead_elsewhere_are_refused_and_nothing_is_written()
    {
        await using var server = await servers.Fresh(Engine.Sqlite);
        foreach (var path in Elsewhere)
            foreach (var method in (string[])["PUT", "GET", "DELETE"])
                (await Raw(server, method, $"{Proxy}/{path}")).ShouldBe(400, $"{method} {path}");
        Directory.EnumerateFiles(Path.Combine(server.Options.Data, "artifacts"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_generated_path_is_ever_a_server_error_or_a_file_outside_the_store()
    {
        var server = await servers.On(Engine.Sqlite);
        string[] hostile = ["..", ".", "", "a", "%2e", "%2e%2e", "%252e", "%5c", "%00", "ü", "%c3%28", " ", "%2f"];
        var part = Gen.OneOf(Gen.Int[0, hostile.Length - 1].Select(i => hostile[i]), Gen.String[Gen.Char['!', '~'], 0, 6]);
        await part.Array[1, 6].SampleAsync(async parts =>
        {
            var status = await Raw(server, "PUT", $"{Proxy}/{string.Join('/', parts).Replace(" ", "%20", StringComparison.Ordinal).Replace("ü", "%C3%BC", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal)}");
            return status is 200 or 400 or 404;
        }, iter: 200, threads: 1);
    }

    [Theory, BothEngines]
    public async Task An_upload_that_breaks_off_leaves_nothing(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
            var head = $"PUT {Proxy}/{run.Root}/broken.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\nonly this";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        }
        await Given.Ok(server.Given.Upload(run, "whole.bin", "whole"));
        ((int)(await server.Http.GetAsync($"{Proxy}/{run.Root}/broken.bin")).StatusCode).ShouldBe(404);
        (await server.Given.Get($"artifacts/list?run_id={run.Id}")).Json["files"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_file_is_never_a_folder_too(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        await Given.Ok(server.Given.Upload(run, "a/b", "1"));
        (await server.Given.Upload(run, "a", "2")).ShouldBeRefused(400, "artifact-in-the-way");
        (await server.Given.Upload(run, "a/b/c", "3")).ShouldBeRefused(400, "artifact-in-the-way");
    }

    /// <summary>Sends a request line as it stands: HTTP clients would tidy the path.</summary>
    static async Task<int> Raw(TestServer server, string method, string target)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync();
        return line is null ? 0 : int.Parse(line.Split(' ')[1]);
    }
}
