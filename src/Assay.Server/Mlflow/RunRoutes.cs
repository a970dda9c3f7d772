using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's runs: making and ending them, what is logged to them.</summary>
sealed class RunRoutes(Runs runs, RunLog log, RunTags tags, RunInputs inputs, RunSearch search)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("POST", "/runs/create", ReadNew, (asked, call) => runs.Create(asked, call.Principal, call.Ct).Answer((json, run) =>
            json.PutObject("run", run, (j, r) => RunJson.Members(j, r, true)))).Allows(Permission.LogRuns, asked => Touched.Experiment(asked.ExperimentId));
        mlflow.Map("GET", "/runs/get", a => a.RunId(), (id, call) => runs.Get(id, call.Ct).Answer((json, run) =>
            json.PutObject("run", run, (j, r) => RunJson.Members(j, r, true)))).Allows(Permission.Read, Touched.Run);
        mlflow.Map("POST", "/runs/update", a => (Run: a.RunId(), Status: a.Choice("status", RunStatus.All), End: a.Int("end_time"), Name: a.Text("run_name")), (r, call) =>
            runs.Update(r.Run, r.Status, r.End, r.Name, call.Principal, call.Ct).Answer((json, row) => json.PutObject("run_info", row, RunJson.Info))).Allows(Permission.LogRuns, r => Touched.Run(r.Run));
        mlflow.Map("POST", "/runs/delete", a => a.RunId(), (id, call) => runs.Delete(id, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, Touched.Run);
        mlflow.Map("POST", "/runs/restore", a => a.RunId(), (id, call) => runs.Restore(id, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, Touched.Run);
        mlflow.Map("POST", "/runs/search", a => (SearchArguments.Read(a, standard: 1000, WireLimits.RunPage), a.Texts("experiment_ids", WireLimits.SearchedExperiments, ids: true), a.Choice("run_view_type", Lifecycle.Views)), Search).Lists();

        mlflow.Map("POST", "/runs/log-batch", LogBatchRequest.Read, Log).AllowsEach(Permission.LogRuns, Written);
        mlflow.Map("POST", "/runs/log-metric", LogBatchRequest.ReadMetric, Log).AllowsEach(Permission.LogRuns, Written);
        mlflow.Map("POST", "/runs/log-parameter", LogBatchRequest.ReadParam, Log).AllowsEach(Permission.LogRuns, Written);
        mlflow.Map("POST", "/runs/set-tag", a => (Run: a.RunId(), Key: a.Required("key"), Value: a.Present("value")), (r, call) =>
            tags.Set(r.Run, r.Key, r.Value, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Run(r.Run));
        mlflow.Map("POST", "/runs/delete-tag", a => (Run: a.RunId(), Key: a.Required("key")), (r, call) =>
            tags.Delete(r.Run, r.Key, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Run(r.Run));
        mlflow.Map("POST", "/runs/log-model", a => (Run: a.RunId(), Json: a.Required("model_json")), (r, call) =>
            tags.LogModel(r.Run, r.Json, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Run(r.Run));

        mlflow.Map("POST", "/runs/log-inputs", ReadInputs, (r, call) => inputs.Log(r.Run, r.Inputs, r.Models, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Run(r.Run));
        mlflow.Map("POST", "/runs/outputs", ReadOutputs, (r, call) => inputs.LogOutputs(r.Run, r.Models, call.Principal, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Run(r.Run));
    }

    async Task<MlflowAnswer> Search((SearchRequest Search, IReadOnlyList<string> Experiments, string? View) r, MlflowCall call) =>
        await SearchAnswer.Of(search.Find(call.Sees, r.Experiments, r.View, r.Search, call.Ct), "runs", search.Load, (json, run) => RunJson.Members(json, run, withModelInputs: false));

    /// <summary>Metrics may be those of a logged model too.</summary>
    static IEnumerable<Touched> Written((string Run, RunBatch Batch) r) => [Touched.Run(r.Run), .. r.Batch.Models.Select(Touched.LoggedModel)];

    Task<MlflowAnswer> Log((string Run, RunBatch Batch) r, MlflowCall call) => log.Append(r.Run, r.Batch, call.Principal, call.Ct).Answer();

    static NewRun ReadNew(MlflowArguments a) => new(a.Id("experiment_id") is { Length: > 0 } id ? id : Experiments.DefaultId, a.Text("user_id"), a.Text("run_name"), a.Int("start_time") ?? 0, a.Pairs("tags"));

    static (string Run, List<RunInput> Inputs, List<string> Models) ReadInputs(MlflowArguments a)
    {
        var (datasets, models) = (a.Objects("datasets", WireLimits.Inputs), a.Objects("models", WireLimits.Models));
        if (datasets.Count == 0 && models.Count == 0)
            a.Missing("datasets");
        return (a.RunId(), [.. datasets.Select(ReadInput)], [.. models.Select(m => m.Required("model_id"))]);
    }

    static RunInput ReadInput(MlflowArguments a)
    {
        if (a.Object("dataset") is not { } dataset)
        {
            a.Missing("dataset");
            return new("", "", "", "", null, null, []);
        }
        return new(dataset.Required("name"), dataset.Required("digest"), dataset.Required("source_type"), dataset.Present("source"), dataset.Text("schema"), dataset.Text("profile"), a.Pairs("tags"));
    }

    static (string Run, List<(string Model, long Step)> Models) ReadOutputs(MlflowArguments a)
    {
        var models = a.Objects("models", WireLimits.Models);
        if (models.Count == 0)
            a.Missing("models");
        return (a.RunId(), [.. models.Select(m => (m.Required("model_id"), m.Int("step") ?? 0))]);
    }
}
