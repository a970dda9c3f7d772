using System.Net;
using System.Net.Sockets;
using Assay.Server.Artifacts;
using Assay.Server.Artifacts.S3;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Artifacts;

/// <summary><c>/readyz</c> looks after the place of the bytes too, and is no load on it (its loss under a running server: <c>Faults/LostBucket</c>).</summary>
public sealed class ReachingTheBytes(Servers servers)
{
    [Theory, BothStores]
    public async Task A_server_that_is_ready_says_where_its_bytes_are(Keeping where)
    {
        var server = await servers.On(where);
        var ready = (await Given.Ok(server.Given.Send(new(HttpMethod.Get, "/readyz")))).Json;
        ((string?)ready["status"]).ShouldBe("ready");
        ((string?)ready["artifacts"]).ShouldNotBeNull().ShouldStartWith(server.Options.Artifacts ?? server.Options.Data);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_told_of()
    {
        await using var server = await servers.Fresh(Assay.Server.Storage.Engine.Sqlite);
        var blobs = Path.Combine(server.Options.Data, "artifacts", "blobs");
        Directory.Move(blobs, blobs + "-away");
        var gone = await server.Given.Send(new(HttpMethod.Get, "/readyz"));
        gone.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)gone.Json["artifacts"]).ShouldNotBeNull().ShouldContain(blobs);
    }

    [Fact]
    public async Task However_many_ask_a_store_that_hangs_is_asked_once_and_nobody_waits_for_it()
    {
        var ct = TestContext.Current.CancellationToken;
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var contents = new S3Contents(new S3Address("assay-tests", "silent"), new() { Endpoint = $"http://{silent.LocalEndpoint}", Region = "us-east-1", AccessKey = "a", SecretKey = "s" });
        var reach = new ContentReach(contents, TimeProvider.System);
        var asking = Task.WhenAll(Enumerable.Range(0, 100).Select(_ => reach.Problem(ct)));
        using var one = await silent.AcceptSocketAsync(ct);
        (await asking).ShouldAllBe(told => told!.Contains("gave no answer within 2 s", StringComparison.Ordinal));
        silent.Pending().ShouldBeFalse("a second question");
    }
}
