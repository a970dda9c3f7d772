using System.Text;
using System.Text.Json.Nodes;
using Assay.Client;
using YamlDotNet.Serialization;

namespace Assay.Tests.Unit.Client;

public sealed class LoggingAModel
{
    static readonly OnnxModel Model = OnnxModel.FromBytes(new byte[] { 8, 8, 18 }, new(new(new Column("income", ColumnType.Double)), new(new Column("score", ColumnType.Float)))) with
    {
        Example = new(["income"], [[125.5], [null]]),
        Metadata = new Dictionary<string, string> { ["positive"] = "it's: bad" },
    };

    static Dictionary<string, object> Yaml(byte[] bytes) => new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(Encoding.UTF8.GetString(bytes));

    [Fact]
    public async Task The_folder_holds_all_that_its_description_names()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        await run.LogOnnxModelAsync(Model);
        var put = server.All.Where(request => request.Method == "PUT").ToDictionary(request => request.Target.Split("/artifacts/model/")[1], request => request.Body);
        put.Keys.ShouldBe(["model.onnx", "requirements.txt", "python_env.yaml", "conda.yaml", "input_example.json", "MLmodel"]);
        put["model.onnx"].ShouldBe([8, 8, 18]);
        var described = Yaml(put["MLmodel"]);
        described["run_id"].ShouldBe(RecordingServer.RunId);
        var flavors = (Dictionary<object, object>)described["flavors"];
        var python = (Dictionary<object, object>)flavors["python_function"];
        python["loader_module"].ShouldBe("mlflow.onnx");
        put.Keys.ShouldContain((string)python["data"]);
        foreach (var environment in ((Dictionary<object, object>)python["env"]).Values)
            put.Keys.ShouldContain((string)environment);
        ((Dictionary<object, object>)described["metadata"])["positive"].ShouldBe("it's: bad");
        var signature = (Dictionary<object, object>)described["signature"];
        signature["inputs"].ShouldBe("""[{"type":"double","name":"income","required":true}]""");
        signature["outputs"].ShouldBe("""[{"type":"float","name":"score","required":true}]""");
        JsonNode.Parse(put["input_example.json"])!.ToJsonString().ShouldBe("""{"columns":["income"],"data":[[125.5],[null]]}""");
    }

    [Fact]
    public async Task Every_line_of_the_environment_is_pinned()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        await run.LogOnnxModelAsync(Model);
        var lines = server.To("model/requirements.txt").Single().Text.TrimEnd('\n').Split('\n');
        lines.ShouldAllBe(line => System.Text.RegularExpressions.Regex.IsMatch(line, "^[a-z]+==[0-9.]+$"));
        await Should.ThrowAsync<ArgumentException>(run.LogOnnxModelAsync(Model with { Requirements = ["onnxruntime>=1.20"] }));
    }

    [Fact]
    public async Task The_server_is_told_of_the_model_as_by_a_2x_client()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = await Given.ARun(server);
        await run.LogOnnxModelAsync(Model, "models/credit");
        var told = JsonNode.Parse(server.To("runs/log-model").ShouldHaveSingleItem().Json["model_json"]!.GetValue<string>())!;
        told["artifact_path"]!.GetValue<string>().ShouldBe("models/credit");
        told["run_id"]!.GetValue<string>().ShouldBe(RecordingServer.RunId);
        told["flavors"]!["onnx"].ShouldNotBeNull();
        told["utc_time_created"]!.GetValue<string>().Length.ShouldBe("2026-11-02 02:00:00.000000".Length);
    }

    [Fact]
    public async Task A_model_in_a_file_is_streamed_from_there_and_written_to_a_folder_alike()
    {
        var folder = Directory.CreateTempSubdirectory("assay model ").FullName;
        var file = Path.Combine(folder, "in.onnx");
        await File.WriteAllBytesAsync(file, [9, 9]);
        await ModelFolder.Of(OnnxModel.FromFile(file, Model.Signature), "model", runId: null, DateTimeOffset.UnixEpoch).WriteToAsync(Path.Combine(folder, "out"));
        (await File.ReadAllBytesAsync(Path.Combine(folder, "out", "model.onnx"))).ShouldBe([9, 9]);
        Yaml(await File.ReadAllBytesAsync(Path.Combine(folder, "out", "MLmodel")))["model_size_bytes"].ShouldBe("2");
        Directory.Delete(folder, recursive: true);
    }
}
