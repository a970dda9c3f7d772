using System.Net;
using System.Net.Sockets;
using System.Text;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>A client that stops sending is cut off, and not with 408: it would send the same again, seven times.</summary>
public sealed class StalledBodies(Servers servers)
{
    [Fact]
    public async Task A_body_that_stalls_is_refused_and_nothing_of_it_is_kept()
    {
        var server = await servers.On(Engine.Sqlite);
        var run = await server.Given.ARun();
        string[] heads =
        [
            "POST /api/2.0/mlflow/experiments/create HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"name\":",
            $"PUT /api/2.0/mlflow-artifacts/artifacts/{run.Root}/stalled.bin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nhalf",
        ];
        var answers = await Task.WhenAll(heads.Select(head => Answer(server, head)));
        answers.ShouldAllBe(answer => answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) && answer.Contains("INVALID_PARAMETER_VALUE", StringComparison.Ordinal), string.Join('|', answers));
        (await server.Get($"/artifacts/list?run_id={run.Id}")).Good["files"].ShouldBeNull();
    }

    /// <summary>Sends the head and waits for what comes: the server itself ends what stalls.</summary>
    static async Task<string> Answer(TestServer server, string head)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Url).Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        var (buffer, got) = (new byte[4096], 0);
        for (int n; got < buffer.Length && (n = await socket.ReceiveAsync(buffer.AsMemory(got), TestContext.Current.CancellationToken)) > 0;)
            if (Encoding.ASCII.GetString(buffer, 0, got += n).Contains("error_code", StringComparison.Ordinal))
                break;
        return Encoding.ASCII.GetString(buffer, 0, got);
    }
}
