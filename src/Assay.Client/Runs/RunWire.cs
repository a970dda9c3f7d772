using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>What the server says of a new run.</summary>
sealed record StartedRun(string Id, string ExperimentId, string Name, string ArtifactUri);

/// <summary>The calls about runs, with MLflow's field names.</summary>
sealed class RunWire(MlflowWire mlflow)
{
    public MlflowWire Mlflow => mlflow;

    public async Task<StartedRun> CreateAsync(string experimentId, IReadOnlyDictionary<string, string> tags, DateTimeOffset at, CancellationToken ct)
    {
        var answer = await mlflow.PostAsync("runs/create", body =>
        {
            body.WriteString("experiment_id", experimentId);
            if (tags.TryGetValue("mlflow.user", out var user))
                body.WriteString("user_id", user);
            if (tags.TryGetValue("mlflow.runName", out var name))
                body.WriteString("run_name", name);
            body.WriteNumber("start_time", at.ToUnixTimeMilliseconds());
            Batch.Write(body, "tags", tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new Entry(tag.Key, tag.Value)));
        }, ct).ConfigureAwait(false);
        var info = answer.GetProperty("run").GetProperty("info");
        return new(
            info.GetProperty("run_id").GetString()!,
            info.GetProperty("experiment_id").GetString()!,
            info.TryGetProperty("run_name", out var given) ? given.GetString() ?? "" : "",
            info.GetProperty("artifact_uri").GetString()!);
    }

    public Task LogBatchAsync(string runId, Batch batch, CancellationToken ct) => mlflow.PostAsync("runs/log-batch", body => batch.Write(body, runId), ct);

    public Task LogInputAsync(string runId, Dataset dataset, string context, CancellationToken ct) => mlflow.PostAsync("runs/log-inputs", body =>
    {
        body.WriteString("run_id", runId);
        body.WriteStartArray("datasets");
        body.WriteStartObject();
        Batch.Write(body, "tags", [new("mlflow.data.context", context)]);
        body.WriteStartObject("dataset");
        dataset.Write(body);
        body.WriteEndObject();
        body.WriteEndObject();
        body.WriteEndArray();
    }, ct);

    /// <summary>Tells the server of a model folder, as 2.x clients do; the server keeps it in the tag <c>mlflow.log-model.history</c>.</summary>
    public Task LogModelAsync(string runId, JsonObject description, CancellationToken ct) => mlflow.PostAsync("runs/log-model", body =>
    {
        body.WriteString("run_id", runId);
        body.WriteString("model_json", description.ToJsonString());
    }, ct);

    public Task EndAsync(string runId, RunStatus status, DateTimeOffset at, CancellationToken ct) => mlflow.PostAsync("runs/update", body =>
    {
        body.WriteString("run_id", runId);
        body.WriteString("status", status.ToString().ToUpperInvariant());
        body.WriteNumber("end_time", at.ToUnixTimeMilliseconds());
    }, ct);
}
