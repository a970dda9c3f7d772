using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Serving;

public sealed class ServingAVersion(Servers servers) : IDisposable
{
    readonly string cache = Directory.CreateTempSubdirectory("assay cache ").FullName;

    public void Dispose() => Directory.Delete(cache, recursive: true);

    [Fact]
    public async Task A_version_is_pulled_once_and_served_again_without_the_registry()
    {
        var server = await servers.On(Engine.Sqlite);
        using var folder = ModelFolders.With(OnnxModels.Logistic([0, 1], 0), "age", "income");
        var version = await AVersion(server.Given, folder);
        await Serves($"{version.Model}/{version.Number}", version, server.Url);
        await Serves($"{version.Model}@{version.Digest}", version, "http://127.0.0.1:1");

        var kept = Directory.EnumerateFiles(cache, "model.onnx", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(kept, "altered", TestContext.Current.CancellationToken);
        var (_, code, said) = await ServedModel.Start(version.Digest, Variables("http://127.0.0.1:1"));
        code.ShouldBe(2, said);
        await Serves(version.Digest, version, server.Url);
    }

    [Fact]
    public async Task What_is_no_folder_and_no_version_is_named()
    {
        var (_, code, said) = await ServedModel.Start("nothing-here", Variables("http://127.0.0.1:1"));
        code.ShouldBe(2);
        said.ShouldContain("nothing-here");
    }

    async Task Serves(string what, SealedVersion version, string registry)
    {
        var (started, _, said) = await ServedModel.Start(what, Variables(registry));
        started.ShouldNotBeNull(said);
        await using var serving = started;
        serving.Line.ShouldContain($"{version.Model}@{version.Digest}");
        (await serving.Ask("""{"instances": [[40, 0]]}""")).Status.ShouldBe(200);
    }

    Dictionary<string, string> Variables(string registry) => new() { ["XDG_CACHE_HOME"] = cache, ["ASSAY_URL"] = registry };

    static async Task<SealedVersion> AVersion(Given given, ModelFolders folder)
    {
        var run = await given.ACompleteRun(finish: false);
        await File.AppendAllTextAsync(Path.Combine(folder.Model, "MLmodel"),
            "\n  outputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"float32\", \"shape\": [-1, 1]}}]'\n", TestContext.Current.CancellationToken);
        foreach (var file in Directory.EnumerateFiles(folder.Model))
            await Given.Ok(given.UploadBytes(run, $"model/{Path.GetFileName(file)}", await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        await given.End(run);
        var model = Given.Name("model");
        var answer = await Given.Ok(given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model }), HttpStatusCode.Created);
        return new(model, run, (string)answer.Json["digest"]!, (long)answer.Json["version"]!);
    }
}
