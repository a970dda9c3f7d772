using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>Takes over one logged model of a 3.x server, with its files; its metrics come with the runs that measured them.</summary>
internal sealed class LoggedModelImport(MlflowSource source, MlflowServer target, AssayApi api, FileCopy files, ImportTally tally, string origin)
{
    readonly ConcurrentDictionary<string, bool> begun = [];

    /// <summary>Makes the model, so that the points and outputs of runs can name it.</summary>
    public Task Begin(JsonObject model, string experiment, CancellationToken ct) => Noted(model, async (id, info) => begun[id] = !(await api.Put(ApiPath.Of("imports", "logged-models", id), new JsonObject
    {
        ["origin"] = origin,
        ["experiment_id"] = experiment,
        ["name"] = info.Text("name") ?? "",
        ["model_type"] = info.Text("model_type"),
        ["source_run_id"] = info.Text("source_run_id"),
        ["creation_timestamp_ms"] = info.Whole("creation_timestamp_ms") ?? 0,
        ["params"] = Copy(model.Map("data").Maps("params")),
        ["tags"] = Copy(info.Maps("tags")),
    }, ct)).Truth("complete"));

    /// <summary>Brings its files, once its run is here, unless an earlier import did.</summary>
    public Task Complete(JsonObject model, CancellationToken ct) => Noted(model, async (id, info) =>
    {
        if (!begun.GetValueOrDefault(id))
            return;
        var root = (await target.Get($"logged-models/{Uri.EscapeDataString(id)}", ct)).Map("model").Map("info").Text("artifact_uri")!;
        await files.Copy(source.FilesOfModel(id, ct), path => source.OpenOfModel(id, path, ct), root, ct);
        await api.Post(ApiPath.Of("imports", "logged-models", id, "completion"), new JsonObject { ["status"] = info.Text("status") ?? "LOGGED_MODEL_READY" }, ct);
        tally.Count("logged_models");
    });

    async Task Noted(JsonObject model, Func<string, JsonObject, Task> act)
    {
        var info = model.Map("info")!;
        var id = info.Text("model_id") ?? "";
        try
        {
            await act(id, info);
        }
        catch (Exception e) when (e is MlflowException or ApiRefusalException)
        {
            tally.LeaveOut($"logged model {id}", e.Message);
        }
    }

    static JsonArray Copy(IReadOnlyList<JsonObject> all) => new([.. all.Select(JsonNode? (one) => one.DeepClone())]);
}
