using System.Text.Json;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Tracking;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's experiments (not live evaluation).</summary>
sealed class ExperimentRoutes(Experiments experiments, ExperimentSearch search, DatasetSearch datasets)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("POST", "/experiments/create", a => (Name: a.Required("name"), Location: a.Text("artifact_location"), Tags: a.Pairs("tags")), (r, call) =>
            experiments.Create(r.Name, r.Location, r.Tags, call.Ct).Answer((json, id) => json.WriteString("experiment_id", id))).Allows(Permission.LogRuns, r => Touched.ExperimentNamed(r.Name));
        mlflow.Map("GET", "/experiments/get", a => a.RequiredId("experiment_id"), (id, call) => experiments.Get(id, call.Ct).Answer(Put)).Allows(Permission.Read, Touched.Experiment);
        mlflow.Map("GET", "/experiments/get-by-name", a => a.Required("experiment_name"), (name, call) => experiments.GetByName(name, call.Ct).Answer(Put)).Allows(Permission.Read, Touched.ExperimentNamed);
        mlflow.Map("POST", "/experiments/delete", a => a.RequiredId("experiment_id"), (id, call) => experiments.Delete(id, call.Ct).Answer()).Allows(Permission.LogRuns, Touched.Experiment);
        mlflow.Map("POST", "/experiments/restore", a => a.RequiredId("experiment_id"), (id, call) => experiments.Restore(id, call.Ct).Answer()).Allows(Permission.LogRuns, Touched.Experiment);
        mlflow.Map("POST", "/experiments/update", a => (Id: a.RequiredId("experiment_id"), Name: a.Required("new_name")), (r, call) => experiments.Rename(r.Id, r.Name, call.Ct).Answer()).AllowsEach(Permission.LogRuns, r => [Touched.Experiment(r.Id), Touched.ExperimentNamed(r.Name)]);
        mlflow.Map("POST", "/experiments/set-experiment-tag", a => (Id: a.RequiredId("experiment_id"), Key: a.Required("key"), Value: a.Present("value")), (r, call) =>
            experiments.SetTag(r.Id, r.Key, r.Value, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Experiment(r.Id));
        mlflow.Map("POST", "/experiments/delete-experiment-tag", a => (Id: a.RequiredId("experiment_id"), Key: a.Required("key")), (r, call) =>
            experiments.DeleteTag(r.Id, r.Key, call.Ct).Answer()).Allows(Permission.LogRuns, r => Touched.Experiment(r.Id));
        mlflow.Map("POST,GET", "/experiments/search", a => (SearchArguments.Read(a, standard: 1000, WireLimits.ExperimentPage), a.Choice("view_type", Lifecycle.Views)), Search).Lists();
        mlflow.MapAjax("POST", "/experiments/search-datasets", ReadDatasets, SearchDatasets).AllowsEach(Permission.Read, ids => ids.Select(Touched.Experiment));
    }

    async Task<MlflowAnswer> Search((SearchRequest Search, string? View) r, MlflowCall call) =>
        await SearchAnswer.Of(search.Find(call.Sees, r.View, r.Search, call.Ct), "experiments", search.Load, Members);

    async Task<MlflowAnswer> SearchDatasets(IReadOnlyList<string> ids, MlflowCall call)
    {
        var found = await datasets.Of(ids, call.Ct);
        return MlflowAnswer.Object(json => json.PutList("dataset_summaries", found, Summary));
    }

    static IReadOnlyList<string> ReadDatasets(MlflowArguments a)
    {
        var ids = a.Texts("experiment_ids", ids: true);
        a.Over(WireLimits.SearchedDatasets.Count(ids.Count, "experiment_ids", "SearchDatasets request cannot specify more than"));
        if (ids.Count == 0)
            a.Wrong("experiment_ids", "SearchDatasets request must specify at least one experiment_id.");
        return ids;
    }

    static void Summary(Utf8JsonWriter json, DatasetSummary summary)
    {
        json.WriteString("experiment_id", summary.ExperimentId);
        json.WriteString("name", summary.Name);
        json.WriteString("digest", summary.Digest);
        json.Put("context", summary.Context);
    }

    static void Put(Utf8JsonWriter json, Experiment experiment) => json.PutObject("experiment", experiment, Members);

    /// <summary>An experiment as MLflow has it.</summary>
    public static void Members(Utf8JsonWriter json, Experiment experiment)
    {
        var row = experiment.Row;
        json.WriteString("experiment_id", row.ExperimentId);
        json.WriteString("name", row.Name);
        json.WriteString("artifact_location", row.ArtifactLocation);
        json.WriteString("lifecycle_stage", row.Lifecycle);
        json.WriteNumber("last_update_time", row.UpdatedMs);
        json.WriteNumber("creation_time", row.CreatedMs);
        json.PutPairs("tags", experiment.Tags);
    }
}
