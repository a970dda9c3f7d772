using System.Net;
using System.Security.Cryptography;
using Assay.Server;
using Assay.Tests.Builders;
using Assay.Tests.Wire.Artifacts;

namespace Assay.Tests.Faults;

/// <summary>The object store goes away under a running server, and comes back.</summary>
public sealed class LostBucket(LostBucket.OwnStore own) : IClassFixture<LostBucket.OwnStore>
{
    /// <summary>A store that only these tests use, one after the other.</summary>
    public sealed class OwnStore : IAsyncLifetime
    {
        public ObjectStore Bucket { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Bucket = await ObjectStore.Own();

        public ValueTask DisposeAsync() => Bucket.DisposeAsync();
    }

    const string Proxy = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task While_the_object_store_is_gone_answers_say_so_and_afterwards_everything_goes_on()
    {
        var bucket = own.Bucket;
        await using var server = await TestServer.Start(new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = Directory.CreateTempSubdirectory("assay gone ").FullName, Artifacts = ObjectStore.NewPlace(), S3 = bucket.Settings });
        var run = await server.Given.ACompleteRun(finish: false);
        byte[] small = RandomNumberGenerator.GetBytes(1000), large = RandomNumberGenerator.GetBytes(24 << 20);
        await Given.Ok(server.Given.UploadBytes(run, "small", small));
        (await Given.Ok(Ready(server))).Text.ShouldContain($"\"artifacts\":\"{server.Options.Artifacts}");
        await bucket.Stop();
        await Told(server, HttpStatusCode.ServiceUnavailable);
        var ready = await Ready(server);
        ((string?)ready.Json["status"]).ShouldBe("not ready");
        ((string?)ready.Json["artifacts"]).ShouldNotBeNull().ShouldContain("s3://assay-tests");
        ((string?)ready.Json["storage"]).ShouldNotBeNull().ShouldContain("assay.db", customMessage: "the database is there");
        await Gone(server.Given.UploadBytes(run, "other", small));
        await Gone(server.Given.UploadBytes(run, "large", large));
        await Gone(Get(server, $"{run.Root}/small"));
        (await server.Given.Api(HttpMethod.Post, "versions", new System.Text.Json.Nodes.JsonObject { ["run_id"] = run.Id, ["model"] = Given.Name("model") })).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await Given.Ok(server.Given.Post("runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = "auc", ["value"] = 1, ["timestamp"] = 1 }));
        await bucket.StartAgain();
        await Told(server, HttpStatusCode.OK);
        (await Given.Ok(Get(server, $"{run.Root}/small"))).Bytes.ShouldBe(small);
        await Given.Ok(server.Given.UploadBytes(run, "large", large));
        (await Given.Ok(Get(server, $"{run.Root}/large"))).Bytes.AsSpan().SequenceEqual(large).ShouldBeTrue();
        await Given.Ok(server.Given.End(run));
        await Given.Ok(server.Given.Api(HttpMethod.Post, "versions", new System.Text.Json.Nodes.JsonObject { ["run_id"] = run.Id, ["model"] = Given.Name("model") }), HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_upload_that_meets_the_end_of_the_object_store_is_refused_and_can_be_repeated()
    {
        var bucket = own.Bucket;
        await using var server = await TestServer.Start(new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = Directory.CreateTempSubdirectory("assay gone ").FullName, Artifacts = ObjectStore.NewPlace(), S3 = bucket.Settings });
        using var stored = new StoredBytes(server);
        var run = await server.Given.ARun();
        var bytes = RandomNumberGenerator.GetBytes(40 << 20);
        // Half of the body, then the end of the store, then the rest.
        var body = new HalfwayContent(bytes, bucket.Stop);
        await Gone(server.Given.Send(new(HttpMethod.Put, $"{Proxy}/{run.Root}/file") { Content = body }));
        await bucket.StartAgain();
        (await Get(server, $"{run.Root}/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        await Given.Ok(server.Given.UploadBytes(run, "file", bytes));
        (await stored.All()).Where(name => name.StartsWith("blobs", StringComparison.Ordinal)).ShouldBe([StoredBytes.Name(bytes)]);
    }

    /// <summary>Asks until it is so: an answer may be as old as the server says.</summary>
    static async Task Told(TestServer server, HttpStatusCode wanted)
    {
        while ((await Ready(server)).Status != wanted)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    static Task<Answer> Ready(TestServer server) => server.Given.Send(new(HttpMethod.Get, "/readyz"));

    static async Task Gone(Task<Answer> call)
    {
        var answer = await call;
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.Text);
        ((string?)answer.Json["error_code"]).ShouldBe("TEMPORARILY_UNAVAILABLE");
        answer.Text.ShouldContain("s3://assay-tests");
        answer.Text.ShouldNotContain("assay-secret");
        answer.Text.ShouldNotContain("assay-access");
        answer.Text.ShouldNotContain("Amazon");
    }

    static Task<Answer> Get(TestServer server, string path) => server.Given.Send(new(HttpMethod.Get, $"{Proxy}/{path}"));

    /// <summary>A body that does something when half of it is sent.</summary>
    sealed class HalfwayContent(byte[] bytes, Func<Task> halfway) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await halfway();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
