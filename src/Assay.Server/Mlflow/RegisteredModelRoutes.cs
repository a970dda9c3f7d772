using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Storage;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's registered models (mlflow-wire §1.3).</summary>
sealed class RegisteredModelRoutes(Store store, Models models, Versions versions, SoftSignals signals, VersionJson json)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("POST", "/registered-models/create", a => (Name: a.Required("name"), Description: a.Text("description") ?? "", Tags: a.Pairs("tags")), Create).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("POST", "/registered-models/rename", a => (Name: a.Required("name"), To: a.Required("new_name")), (r, c) => Answer(models.Rename(r.Name, r.To, c.Principal, c.Ct), c)).AllowsEach(Permission.Operate, r => [Touched.Model(r.Name), Touched.Model(r.To)]);
        mlflow.Map("PATCH,POST", "/registered-models/update", a => (Name: a.Required("name"), Description: a.Text("description") ?? ""), (r, c) => Answer(models.Describe(r.Name, r.Description, c.Ct), c)).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("DELETE,POST", "/registered-models/delete", a => a.Required("name"), (name, c) => models.Delete(name, c.Principal, c.Ct).Answer()).Allows(Permission.Operate, name => Touched.Model(name));
        mlflow.Map("GET", "/registered-models/get", a => a.Required("name"), (name, c) => Answer(store.Read(tx => models.Find(tx, name), c.Ct), c)).Allows(Permission.Read, name => Touched.Model(name));
        mlflow.Map("POST,GET", "/registered-models/get-latest-versions", a => (Name: a.Required("name"), Stages: a.Texts("stages")), Latest).Allows(Permission.Read, r => Touched.Model(r.Name));
        mlflow.Map("POST", "/registered-models/set-tag", a => (Name: a.Required("name"), Key: a.Required("key"), Value: a.Present("value")), (r, c) => models.Tag(r.Name, r.Key, r.Value, c.Ct).Answer()).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("DELETE", "/registered-models/delete-tag", a => (Name: a.Required("name"), Key: a.Required("key")), (r, c) => models.Tag(r.Name, r.Key, null, c.Ct).Answer()).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("POST", "/registered-models/alias", a => (Name: a.Required("name"), Alias: a.Required("alias"), Version: a.RequiredId("version")), (r, c) => signals.SetAlias(r.Name, r.Alias, r.Version, c.Principal, c.Ct).Answer()).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("DELETE", "/registered-models/alias", a => (Name: a.Required("name"), Alias: a.Required("alias")), (r, c) => signals.DropAlias(r.Name, r.Alias, c.Principal, c.Ct).Answer()).Allows(Permission.Label, r => Touched.Model(r.Name));
        mlflow.Map("GET", "/registered-models/alias", a => (Name: a.Required("name"), Alias: a.Required("alias")), ByAlias).Allows(Permission.Read, r => Touched.Model(r.Name));
    }

    Task<MlflowAnswer> Create((string Name, string Description, IReadOnlyList<KeyValuePair<string, string>> Tags) request, MlflowCall call) =>
        Answer(models.Create(request.Name, request.Description, VersionJson.Map(request.Tags), call.Principal, call.Ct), call);

    Task<MlflowAnswer> ByAlias((string Name, string Alias) request, MlflowCall call) =>
        store.Read(async tx => await models.WithDerived(tx, await signals.ByAlias(tx, request.Name, request.Alias)), call.Ct).Answer((j, version) => j.PutObject("model_version", version, json.Version));

    async Task<MlflowAnswer> Latest((string Name, IReadOnlyList<string> Stages) request, MlflowCall call)
    {
        var stages = request.Stages.Select(Names.Stage).ToList();
        if (stages.Find(s => !s.Ok).Refusal is { } wrong)
            return wrong;
        var found = await store.Read(async Task<Result<List<VersionView>>> (tx) =>
            await models.Find(tx, request.Name) is { Ok: true } ? VersionJson.Latest(await models.WithDerived(tx, await versions.Of(tx, request.Name))) : RegistryRefusals.NoModel(request.Name), call.Ct);
        return found.Ok
            ? MlflowAnswer.Object(j => j.PutList("model_versions", found.Value.Where(v => stages.Count == 0 || stages.Exists(s => s.Value == v.Stage)), json.Version))
            : found.Refusal!;
    }

    /// <summary>A model with its newest versions.</summary>
    async Task<MlflowAnswer> Answer(Task<Result<ModelView>> task, MlflowCall call)
    {
        var found = await task;
        if (!found.Ok)
            return found.Refusal!;
        var all = await store.Read(async tx => await models.WithDerived(tx, await versions.Of(tx, found.Value.Name)), call.Ct);
        return MlflowAnswer.Object(j => j.PutObject("registered_model", found.Value, (w, m) => json.Model(w, m, all)));
    }
}
