using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>A file of a run or logged model: its path below the artifact root, and its size in bytes.</summary>
internal sealed record SourceFile(string Path, long Size);

/// <summary>Everything that an import reads of a server, page by page: nothing is held whole but one page.</summary>
internal sealed class MlflowSource(MlflowServer server)
{
    const int Page = 1000, PointsPage = 25_000;

    /// <summary>All experiments, deleted ones too.</summary>
    public IAsyncEnumerable<JsonObject> Experiments(CancellationToken ct) => Posted("experiments/search", "experiments", () => new() { ["max_results"] = Page, ["view_type"] = "ALL" }, ct);

    /// <summary>All runs of an experiment, deleted ones too.</summary>
    public IAsyncEnumerable<JsonObject> Runs(string experiment, CancellationToken ct) =>
        Posted("runs/search", "runs", () => new() { ["experiment_ids"] = new JsonArray(experiment), ["run_view_type"] = "ALL", ["max_results"] = Page, ["order_by"] = new JsonArray("attributes.start_time ASC") }, ct);

    /// <summary>The logged models of an experiment; none on servers before 3.0.</summary>
    public async IAsyncEnumerable<JsonObject> LoggedModels(string experiment, [EnumeratorCancellation] CancellationToken ct)
    {
        JsonObject Wanted() => new() { ["experiment_ids"] = new JsonArray(experiment), ["max_results"] = 50 };
        await using var models = Posted("logged-models/search", "models", Wanted, ct).GetAsyncEnumerator(ct);
        while (await Next(models))
            yield return models.Current;
    }

    /// <summary>The registered models, by name.</summary>
    public IAsyncEnumerable<JsonObject> Models(CancellationToken ct) => Got("registered-models/search", "registered_models", [("max_results", "1000")], ct);

    /// <summary>The prompts: registered models that an ordinary search hides.</summary>
    public IAsyncEnumerable<JsonObject> Prompts(CancellationToken ct) => Got("registered-models/search", "registered_models", [("max_results", "1000"), ("filter", "tags.`mlflow.prompt.is_prompt` = 'true'")], ct);

    /// <summary>The versions of a model; those of a prompt are asked for as such.</summary>
    public IAsyncEnumerable<JsonObject> Versions(string model, bool prompt, CancellationToken ct)
    {
        var name = $"name = '{model.Replace("'", "''", StringComparison.Ordinal)}'";
        return Got("model-versions/search", "model_versions", [("max_results", "10000"), ("filter", prompt ? $"{name} AND tags.`mlflow.prompt.is_prompt` = 'true'" : name)], ct);
    }

    /// <summary>A registered model whole: with its aliases, which a search may leave out.</summary>
    public async Task<JsonObject> Model(string name, CancellationToken ct) => (await server.Get("registered-models/get".With(("name", name)), ct)).Map("registered_model")!;

    /// <summary>The points of one metric of a run, in pages.</summary>
    public IAsyncEnumerable<IReadOnlyList<JsonObject>> History(string run, string key, CancellationToken ct) =>
        Pages(token => server.Get("metrics/get-history".With(("run_id", run), ("metric_key", key), ("max_results", $"{PointsPage}"), ("page_token", token)), ct), "metrics");

    /// <summary>Every file of a run, in depth.</summary>
    public IAsyncEnumerable<SourceFile> FilesOfRun(string run, CancellationToken ct) => Files(path => server.Get("artifacts/list".With(("run_id", run), ("path", path)), ct), null);

    /// <summary>Every file of a logged model, in depth.</summary>
    public IAsyncEnumerable<SourceFile> FilesOfModel(string model, CancellationToken ct) =>
        Files(path => server.Get($"logged-models/{Uri.EscapeDataString(model)}/artifacts/directories".With(("artifact_directory_path", path)), ct), null);

    /// <summary>The bytes of a file of a run.</summary>
    public Task<Stream> OpenOfRun(string run, string path, CancellationToken ct) => server.Open("get-artifact".With(("run_id", run), ("path", path)), ct);

    /// <summary>The bytes of a file of a logged model.</summary>
    public Task<Stream> OpenOfModel(string model, string path, CancellationToken ct) =>
        server.Open($"ajax-api/2.0/mlflow/logged-models/{Uri.EscapeDataString(model)}/artifacts/files".With(("artifact_file_path", path)), ct);

    static async IAsyncEnumerable<SourceFile> Files(Func<string?, Task<JsonNode>> list, string? folder)
    {
        foreach (var file in (await list(folder)).Maps("files"))
        {
            if (file.Text("path") is not { Length: > 0 } path || path == folder)
                continue;
            if (!file.Truth("is_dir"))
                yield return new(path, file.Whole("file_size") ?? 0);
            else
                await foreach (var below in Files(list, path))
                    yield return below;
        }
    }

    IAsyncEnumerable<JsonObject> Posted(string route, string field, Func<JsonObject> body, CancellationToken ct) => OneByOne(Pages(token =>
    {
        var wanted = body();
        if (token is not null)
            wanted["page_token"] = token;
        return server.Post(route, wanted, ct);
    }, field));

    IAsyncEnumerable<JsonObject> Got(string route, string field, (string, string?)[] query, CancellationToken ct) =>
        OneByOne(Pages(token => server.Get(route.With([.. query, ("page_token", token)]), ct), field));

    static async IAsyncEnumerable<JsonObject> OneByOne(IAsyncEnumerable<IReadOnlyList<JsonObject>> pages)
    {
        await foreach (var page in pages)
            foreach (var one in page)
                yield return one;
    }

    static async IAsyncEnumerable<IReadOnlyList<JsonObject>> Pages(Func<string?, Task<JsonNode>> ask, string field)
    {
        string? token = null;
        do
        {
            var answer = await ask(token);
            var page = answer.Maps(field);
            yield return page;
            // A token beside an empty page never advances on some servers.
            token = page.Count == 0 ? null : answer.Text("next_page_token") is { Length: > 0 } next ? next : null;
        } while (token is not null);
    }

    static async ValueTask<bool> Next(IAsyncEnumerator<JsonObject> models)
    {
        try
        {
            return await models.MoveNextAsync();
        }
        catch (Client.MlflowException e) when (e.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.NotImplemented or System.Net.HttpStatusCode.MethodNotAllowed)
        {
            return false;
        }
    }
}
