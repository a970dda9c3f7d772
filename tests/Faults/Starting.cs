using System.Net;
using System.Net.Sockets;
using Assay.Server;
using Assay.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Assay.Tests.Faults;

public sealed class Starting(Servers servers) : IDisposable
{
    readonly string data = Directory.CreateTempSubdirectory("assay start ").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    public static TheoryData<string, string> Half => new()
    {
        { "http://0.0.0.0:0", "no identity is configured" }, { "http://192.0.2.1:5000", "no identity is configured" }, { "https://127.0.0.1:0", "--tls-cert" }, { "ftp://127.0.0.1", "is no address" }, { "5000", "is no address" },
    };

    [Theory, MemberData(nameof(Half))]
    public async Task A_half_configured_start_is_refused_with_what_to_do(string listen, string says) => (await Refused(o => o with { Listen = [listen] })).ShouldContain(says);

    [Fact]
    public async Task A_start_that_would_not_do_what_was_asked_is_refused()
    {
        (await Refused(o => o with { Access = "access.yaml" })).ShouldContain("--access");
        (await Refused(o => o with { Artifacts = "gs://bucket/prefix" })).ShouldContain("s3://BUCKET/PREFIX");
        (await Refused(o => o with { Artifacts = "s3://B/prefix" })).ShouldContain("'B' cannot be a bucket");
        (await Refused(o => o with { Artifacts = "s3://bucket/../other" })).ShouldContain("cannot be a prefix");
        (await Refused(o => o with { Database = "mysql://localhost/db" })).ShouldContain("postgresql://");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        (await Refused(o => o with { Listen = [$"http://127.0.0.1:{port}"] })).ShouldContain($"http://127.0.0.1:{port} is taken");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(data, "file"), "");
        (await Refused(o => o with { Data = Path.Combine(data, "file", "below") })).ShouldContain("--data DIR");
        (await Refused(o => o with { Data = "/proc/assay" })).ShouldContain("/proc/assay");
    }

    [Fact]
    public async Task A_bucket_that_cannot_be_used_is_named_with_what_to_do_and_without_its_keys()
    {
        var bucket = await servers.Bucket();
        var right = new ServerOptions { Artifacts = "s3://assay-tests/start", S3 = bucket.Settings };
        (await Refused(o => o with { Artifacts = "s3://no-such-bucket", S3 = right.S3 })).ShouldContain("aws s3 mb s3://no-such-bucket");
        (await Refused(o => o with { Artifacts = right.Artifacts, S3 = right.S3! with { AccessKey = "nobody-key" } })).ShouldContain("AWS_ACCESS_KEY_ID");
        (await Refused(o => o with { Artifacts = right.Artifacts, S3 = right.S3! with { SecretKey = "wrong-secret" } })).ShouldContain("AWS_ACCESS_KEY_ID");
        (await Refused(o => o with { Artifacts = right.Artifacts, S3 = right.S3! with { Endpoint = "http://127.0.0.1:1" } })).ShouldContain("http://127.0.0.1:1");
        (await Refused(o => o with { Artifacts = right.Artifacts, S3 = right.S3! with { Endpoint = "nonsense" } })).ShouldContain("AWS_ENDPOINT_URL_S3");
    }

    [Fact]
    public async Task The_object_store_is_found_as_the_aws_tools_find_it()
    {
        var bucket = await servers.Bucket();
        await using var server = await ServerProcess.Start(data, null, "env", $"AWS_ENDPOINT_URL_S3={bucket.Settings.Endpoint}", "AWS_REGION=us-east-1", $"AWS_ACCESS_KEY_ID={bucket.Settings.AccessKey}",
            $"AWS_SECRET_ACCESS_KEY={bucket.Settings.SecretKey}", $"ASSAY_ARTIFACTS={ObjectStore.NewPlace()}");
        var run = await server.Given.ARun();
        await Builders.Given.Ok(server.Given.Upload(run, "a.txt", "in a bucket"));
        (await server.Http.GetStringAsync($"/api/2.0/mlflow-artifacts/artifacts/{run.Root}/a.txt")).ShouldBe("in a bucket");
        Directory.Exists(Path.Combine(data, "artifacts")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_another_server_uses_is_refused()
    {
        await using var first = await servers.Fresh(Engine.Sqlite);
        (await Refused(o => o with { Data = first.Options.Data })).ShouldContain("in use by another Assay server");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        var file = Path.Combine(data, "assay.db");
        var text = new string('x', 5000);
        await File.WriteAllTextAsync(file, text);
        (await Refused(o => o)).ShouldContain(file);
        (await File.ReadAllTextAsync(file)).ShouldBe(text);
    }

    [Fact]
    public async Task A_database_server_that_does_not_answer_is_named_without_its_password()
    {
        var says = await Refused(o => o with { Database = "postgresql://assay:secret@127.0.0.1:1/registry" });
        says.ShouldContain("127.0.0.1:1");
        says.ShouldNotContain("secret");
    }

    [Theory, BothEngines]
    public async Task A_database_of_a_newer_assay_is_refused(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        await server.Write("INSERT INTO storage_migration (room, number, name, checksum, at_ms) VALUES ('Registry', 9999, 'later.sql', 'x', 0)");
        await server.Stop();
        (await Refused(_ => server.Options)).ShouldContain("newer Assay");
    }

    async Task<string> Refused(Func<ServerOptions, ServerOptions> with)
    {
        var options = with(new ServerOptions { Listen = ["http://127.0.0.1:0"], Data = data });
        var said = (await Should.ThrowAsync<StartRefusedException>(() => RunningServer.Start(options, TimeProvider.System, LogLevel.None, TestContext.Current.CancellationToken))).Message;
        if (options.S3 is { } keys)
            said.ShouldSatisfyAllConditions(() => said.ShouldNotContain(keys.AccessKey!), () => said.ShouldNotContain(keys.SecretKey!));
        return said;
    }
}
