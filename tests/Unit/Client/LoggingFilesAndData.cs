using Assay.Client;

namespace Assay.Tests.Unit.Client;

public sealed class LoggingFilesAndData
{
    [Fact]
    public async Task A_folder_goes_up_byte_for_byte_with_its_names_escaped()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        var folder = Directory.CreateTempSubdirectory("assay files ").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "a b"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "a b", "50%+ü.bin"), [1, 2, 3]);
        await File.WriteAllBytesAsync(Path.Combine(folder, "empty"), []);
        await run.LogArtifactsAsync(folder, "plots");
        Directory.Delete(folder, recursive: true);
        var sent = server.All.Where(request => request.Method == "PUT").ToArray();
        var root = $"/api/2.0/mlflow-artifacts/artifacts/1/{RecordingServer.RunId}/artifacts/plots";
        sent.Select(request => request.Target).ShouldBe([$"{root}/a%20b/50%25%2B%C3%BC.bin", $"{root}/empty"]);
        sent[0].Body.ShouldBe([1, 2, 3]);
        sent[1].Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upload_that_failed_is_sent_again_whole()
    {
        await using var server = await RecordingServer.StartAsync();
        server.Next("notes.txt", 500, "");
        await using var run = await Given.ARun(server);
        await run.LogTextAsync("hello", "notes.txt");
        server.To("notes.txt").Select(request => request.Text).ShouldBe(["hello", "hello"]);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    public async Task A_path_that_leads_out_is_refused(string path)
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        await Should.ThrowAsync<ArgumentException>(() => run.LogTextAsync("x", path));
    }

    [Fact]
    public async Task Artifacts_outside_of_the_servers_store_are_refused_with_the_place()
    {
        await using var server = await RecordingServer.StartAsync();
        server.ArtifactUri = "s3://bucket/1/artifacts";
        await using var run = await Given.ARun(server);
        var error = await Should.ThrowAsync<MlflowException>(run.LogTextAsync("x", "x.txt"));
        error.Message.ShouldContain("s3://bucket/1/artifacts");
    }

    [Fact]
    public async Task Data_is_logged_with_a_digest_of_all_its_bytes()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        var data = Dataset.FromBytes("a,b\n1,2\n"u8, "numbers", DatasetSource.Http(new("https://user:secret@data.example/n.csv?sig=s"))) with
        {
            Rows = 1,
            Schema = new(new Column("a", ColumnType.Long), new Column("b", ColumnType.Double, Required: false)),
        };
        await run.LogInputAsync(data);
        data.Digest.Length.ShouldBeLessThanOrEqualTo(36);
        data.Sha256.ShouldBe(Contracts.Digest.Of("a,b\n1,2\n").Hex);
        var body = server.To("runs/log-inputs").ShouldHaveSingleItem().Json;
        body["datasets"]![0]!["tags"]!.ToJsonString().ShouldBe("""[{"key":"mlflow.data.context","value":"training"}]""");
        var sent = body["datasets"]![0]!["dataset"]!;
        sent["name"]!.GetValue<string>().ShouldBe("numbers");
        sent["digest"]!.GetValue<string>().ShouldBe(data.Sha256[..32]);
        sent["source_type"]!.GetValue<string>().ShouldBe("http");
        sent["source"]!.GetValue<string>().ShouldBe("""{"url":"https://data.example/n.csv"}""");
        sent["schema"]!.GetValue<string>().ShouldBe("""{"mlflow_colspec":[{"type":"long","name":"a","required":true},{"type":"double","name":"b","required":false}]}""");
        sent["profile"]!.GetValue<string>().ShouldBe($$"""{"sha256":"{{data.Sha256}}","num_rows":1,"num_elements":2}""");
    }
}
