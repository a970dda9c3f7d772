using System.Text.Json;
using Assay.Server.Identity;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>The models that 3.x clients log beside runs.</summary>
sealed class LoggedModelRoutes(LoggedModels models, LoggedModelSearch search)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("POST", "/logged-models", ReadNew, (asked, call) => models.Create(asked, call.Principal, call.Ct).Answer(Put)).AllowsEach(Permission.LogRuns, asked => [Touched.Experiment(asked.ExperimentId), .. asked.SourceRunId is { Length: > 0 } run ? [Touched.Run(run)] : Array.Empty<Touched>()]);
        mlflow.Map("POST", "/logged-models/search", LoggedModelSearchRequest.Read, Search).Lists();
        mlflow.Map("GET", "/logged-models/{model_id}", a => a.Required("model_id"), (id, call) => models.Get(id, call.Ct).Answer(Put)).Allows(Permission.Read, Touched.LoggedModel);
        mlflow.Map("PATCH", "/logged-models/{model_id}", ReadStatus, (r, call) => models.Finalize(r.Model, r.Status, call.Principal, call.Ct).Answer(Put)).Allows(Permission.LogRuns, r => Touched.LoggedModel(r.Model));
        mlflow.Map("DELETE", "/logged-models/{model_id}", a => a.Required("model_id"), (id, call) => models.Delete(id, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, Touched.LoggedModel);
        mlflow.Map("PATCH", "/logged-models/{model_id}/tags", a => (Model: a.Required("model_id"), Tags: a.Pairs("tags")), (r, call) =>
            models.SetTags(r.Model, r.Tags, call.Principal, call.Ct).Answer(Put)).Allows(Permission.LogRuns, r => Touched.LoggedModel(r.Model));
        mlflow.Map("DELETE", "/logged-models/{model_id}/tags/{**tag_key}", a => (Model: a.Required("model_id"), Key: a.Required("tag_key")), (r, call) =>
            models.DeleteTag(r.Model, r.Key, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.LoggedModel(r.Model));
        mlflow.Map("POST", "/logged-models/{model_id}/params", a => (Model: a.Required("model_id"), Params: a.Pairs("params")), (r, call) =>
            models.AddParams(r.Model, r.Params, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.LoggedModel(r.Model));
    }

    async Task<MlflowAnswer> Search(LoggedModelSearchRequest r, MlflowCall call) =>
        await SearchAnswer.Of(search.Find(call.Sees, r.Experiments, r.Datasets, r.SortDatasets, r.Search, call.Ct), "models", (page, _) => Task.FromResult(page), Members);

    static NewLoggedModel ReadNew(MlflowArguments a) =>
        new(a.RequiredId("experiment_id"), a.Text("name"), a.Text("model_type"), a.Text("source_run_id"), a.Pairs("params"), a.Pairs("tags"));

    static (string Model, string Status) ReadStatus(MlflowArguments a)
    {
        var status = a.Choice("status", LoggedModelStatus.All);
        if (status is null && a.Refusal is null)
            a.Missing("status");
        return (a.Required("model_id"), status ?? "");
    }

    static void Put(Utf8JsonWriter json, LoggedModel model) => json.PutObject("model", model, Members);

    /// <summary>A logged model as MLflow has it.</summary>
    public static void Members(Utf8JsonWriter json, LoggedModel model)
    {
        json.PutObject("info", model, Info);
        json.WriteStartObject("data");
        json.PutPairs("params", model.Params);
        json.PutList("metrics", model.Metrics, (j, m) => Metric(j, model.Info.ModelId, m));
        json.WriteEndObject();
    }

    static void Info(Utf8JsonWriter json, LoggedModel model)
    {
        var row = model.Info;
        json.WriteString("model_id", row.ModelId);
        json.WriteString("experiment_id", row.ExperimentId);
        json.WriteString("name", row.Name);
        json.WriteNumber("creation_timestamp_ms", row.CreatedMs);
        json.WriteNumber("last_updated_timestamp_ms", row.UpdatedMs);
        json.WriteString("artifact_uri", row.ArtifactUri);
        json.WriteString("status", row.Status);
        json.Put("model_type", row.ModelType);
        json.Put("source_run_id", row.SourceRunId);
        json.Put("status_message", row.StatusMessage);
        json.PutPairs("tags", model.Tags);
    }

    static void Metric(Utf8JsonWriter json, string model, ModelMetricPoint point)
    {
        json.WriteString("key", point.Key);
        json.PutReal("value", point.Value);
        json.WriteNumber("timestamp", point.TimestampMs);
        json.WriteNumber("step", point.Step);
        json.WriteString("model_id", model);
        json.WriteString("run_id", point.RunId);
        if (point.DatasetName.Length == 0)
            return;
        json.WriteString("dataset_name", point.DatasetName);
        json.WriteString("dataset_digest", point.DatasetDigest);
    }
}
