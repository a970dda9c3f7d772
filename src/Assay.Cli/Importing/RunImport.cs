using System.Text.Json.Nodes;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Importing;

/// <summary>Takes over one run: its facts, its points, its inputs and outputs, its files. Every step can be repeated, so a cut-off import goes on where it stood.</summary>
internal sealed class RunImport(MlflowSource source, MlflowServer target, AssayApi api, FileCopy files, ImportTally tally, string origin)
{
    const int MostPoints = 1000, MostPairs = 100;

    /// <summary>Imports a run into an experiment of this registry; what fails is noted and does not stop the others.</summary>
    public async Task Import(JsonObject run, string experiment, CancellationToken ct)
    {
        var (info, data) = (run.Map("info")!, run.Map("data"));
        var id = info.Text("run_id") ?? info.Text("run_uuid") ?? "";
        try
        {
            if (await Begun(id, info, data, experiment, ct))
            {
                tally.Count("runs_already_here");
                return;
            }
            await Batches(id, "params", data.Maps("params"), MostPairs, ct);
            foreach (var key in data.Maps("metrics").Select(m => m.Text("key")!).Distinct())
                await foreach (var points in source.History(id, key, ct))
                    tally.Count("points", await Batches(id, "metrics", points, MostPoints, ct));
            await Links(id, run, ct);
            var root = (await target.Get("runs/get".With(("run_id", id)), ct)).Map("run").Map("info").Text("artifact_uri")!;
            await files.Copy(source.FilesOfRun(id, ct), path => source.OpenOfRun(id, path, ct), root, ct);
            if (info.Text("status") is "RUNNING" or "SCHEDULED")
                tally.Count("runs_still_running");
            else
                await api.Post(ApiPath.Of("imports", "runs", id, "completion"),
                    new JsonObject { ["status"] = info.Text("status"), ["end_time"] = info.Whole("end_time"), ["lifecycle_stage"] = info.Text("lifecycle_stage") }, ct);
            tally.Count("runs");
        }
        catch (Exception e) when (e is MlflowException or ApiRefusalException)
        {
            tally.LeaveOut($"run {id}", e.Message);
        }
    }

    /// <summary>Makes the run under its own id; true when an earlier import brought all of it.</summary>
    async Task<bool> Begun(string id, JsonObject info, JsonObject? data, string experiment, CancellationToken ct)
    {
        var tags = data.Maps("tags").Where(t => t.Text("key")?.StartsWith("assay.", StringComparison.Ordinal) == false).Select(JsonNode? (t) => t.DeepClone());
        return (await api.Put(ApiPath.Of("imports", "runs", id), new JsonObject
        {
            ["origin"] = origin,
            ["experiment_id"] = experiment,
            ["run_name"] = info.Text("run_name"),
            ["user_id"] = info.Text("user_id"),
            ["start_time"] = info.Whole("start_time") ?? 0,
            ["tags"] = new JsonArray([.. tags]),
        }, ct)).Truth("complete");
    }

    async Task<int> Batches(string id, string field, IReadOnlyList<JsonObject> all, int most, CancellationToken ct)
    {
        foreach (var batch in all.Chunk(most))
            await target.Post("runs/log-batch", new() { ["run_id"] = id, [field] = new JsonArray([.. batch.Select(Plain)]) }, ct);
        return all.Count;
    }

    /// <summary>A point without the run that it stands under.</summary>
    static JsonNode? Plain(JsonObject entry)
    {
        var copy = entry.DeepClone().AsObject();
        copy.Remove("run_id");
        return copy;
    }

    async Task Links(string id, JsonObject run, CancellationToken ct)
    {
        var (inputs, outputs) = (run.Map("inputs"), run.Map("outputs"));
        if (inputs.Maps("dataset_inputs") is { Count: > 0 } || inputs.Maps("model_inputs") is { Count: > 0 })
            await target.Post("runs/log-inputs", new() { ["run_id"] = id, ["datasets"] = Copy(inputs.Maps("dataset_inputs")), ["models"] = Copy(inputs.Maps("model_inputs")) }, ct);
        if (outputs.Maps("model_outputs") is { Count: > 0 } models)
            await target.Post("runs/outputs", new() { ["run_id"] = id, ["models"] = Copy(models) }, ct);
    }

    static JsonArray Copy(IReadOnlyList<JsonObject> all) => new([.. all.Select(JsonNode? (one) => one.DeepClone())]);
}
