using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's model versions (mlflow-wire §1.3, §3.9).</summary>
sealed class ModelVersionRoutes(Store store, Models models, Versions versions, SoftSignals signals, WireSubmission submission, Downloads downloads, VersionJson json)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("POST", "/model-versions/create", a => new WireVersion(a.Required("name"), a.Required("source"), a.Text("run_id") ?? "", a.Text("description") ?? "", a.Text("run_link"), a.Text("model_id"), VersionJson.Map(a.Pairs("tags"))),
            Create).Allows(Permission.Submit, r => Touched.Model(r.Name));
        mlflow.Map("PATCH,POST", "/model-versions/update", a => (Key: Key(a), Description: a.Text("description") ?? ""), (r, c) => Answer(signals.Describe(r.Key.Name, r.Key.Version, r.Description, c.Ct))).Allows(Permission.Label, r => Touched.Model(r.Key.Name));
        mlflow.Map("POST", "/model-versions/transition-stage", a => (Key: Key(a), Stage: a.Required("stage"), Archive: a.Bool("archive_existing_versions") ?? false),
            (r, c) => Answer(signals.SetStage(r.Key.Name, r.Key.Version, r.Stage, r.Archive, c.Principal, c.Ct))).Allows(Permission.Label, r => Touched.Model(r.Key.Name));
        mlflow.Map("DELETE,POST", "/model-versions/delete", Key, (k, c) => signals.Delete(k.Name, k.Version, c.Principal, c.Ct).Answer()).Allows(Permission.Operate, k => Touched.Model(k.Name));
        mlflow.Map("GET", "/model-versions/get", Key, (k, c) => Answer(Find(k, c))).Allows(Permission.Read, k => Touched.Model(k.Name));
        mlflow.Map("GET", "/model-versions/get-download-uri", Key, Download).Allows(Permission.Read, k => Touched.Model(k.Name));
        mlflow.Map("POST", "/model-versions/set-tag", a => (Key: Key(a), Tag: a.Required("key"), Value: a.Present("value")), async (r, c) => (await signals.Tag(r.Key.Name, r.Key.Version, r.Tag, r.Value, c.Ct)).Refusal is { } no ? no : MlflowAnswer.Empty).Allows(Permission.Label, r => Touched.Model(r.Key.Name));
        mlflow.Map("DELETE", "/model-versions/delete-tag", a => (Key: Key(a), Tag: a.Required("key")), async (r, c) => (await signals.Tag(r.Key.Name, r.Key.Version, r.Tag, null, c.Ct)).Refusal is { } no ? no : MlflowAnswer.Empty).Allows(Permission.Label, r => Touched.Model(r.Key.Name));
    }

    /// <summary>A version is made of a run or of another version, which its maker must be able to look at: else it would be a way to files of others.</summary>
    async Task<MlflowAnswer> Create(WireVersion wanted, MlflowCall call)
    {
        foreach (var source in Sources(wanted))
            if (await call.Must(Permission.Read, source) is { } hidden)
                return hidden;
        return await Answer(submission.Create(wanted, call.Principal, call.Ct));
    }

    static IEnumerable<Touched> Sources(WireVersion wanted)
    {
        if (Downloads.Named(wanted.Source) is var (model, _))
            yield return Touched.Model(model);
        if (wanted.RunId.Length > 0)
            yield return Touched.Run(wanted.RunId);
        if (wanted.LoggedModelId is { Length: > 0 } logged)
            yield return Touched.LoggedModel(logged);
    }

    Task<MlflowAnswer> Download((string Name, string Version) key, MlflowCall call) =>
        store.Read(tx => downloads.Of(tx, key.Name, key.Version), call.Ct).Answer((j, uri) => j.WriteString("artifact_uri", uri));

    static (string Name, string Version) Key(MlflowArguments a) => (a.Required("name"), a.RequiredId("version"));

    Task<Result<VersionView>> Find((string Name, string Version) key, MlflowCall call) => store.Read(tx => versions.Find(tx, key.Name, key.Version), call.Ct);

    async Task<MlflowAnswer> Answer(Task<Result<VersionView>> task)
    {
        var found = await task;
        // What was done is done: it is not left unanswered because a client goes.
        return await store.Read(tx => models.WithDerived(tx, found), CancellationToken.None).Answer((j, version) => j.PutObject("model_version", version, json.Version));
    }
}
