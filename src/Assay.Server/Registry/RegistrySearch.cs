using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Search;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>Searches registered models and versions in MLflow's grammar. Prompts show only when the filter itself speaks of them.</summary>
public sealed class RegistrySearch(Store store, Models models, Versions versions)
{
    const string Prompts = "tags." + Names.PromptTag;
    const int ModelColumns = 6, VersionColumns = 20;

    /// <summary>A page of the models that the caller sees, by name unless ordered otherwise.</summary>
    public async Task<Result<SearchPage<ModelView>>> FindModels(Sees sees, SearchRequest request, CancellationToken ct)
    {
        var query = SearchQuery.Parse(RegistrySearchTables.Models, request, ["name ASC"], ["name ASC"]);
        if (!query.Ok)
            return query.Refusal!;
        var where = query.Value.Mentions(Prompts) ? "NOT m.deleted" : "NOT m.deleted AND NOT m.is_prompt";
        var (narrowed, args) = await Narrowed(where, sees, ct);
        return await store.Read(tx => query.Value.Read(tx, ModelSql.Columns, ModelColumns, "registry_model m", narrowed, ModelSql.Read, args), ct);
    }

    /// <summary>A page of the versions of models that the caller sees, the newest change first unless ordered otherwise, each with the id of its model.</summary>
    public async Task<Result<SearchPage<(string ModelId, VersionView View)>>> FindVersions(Sees sees, SearchRequest request, CancellationToken ct)
    {
        var query = SearchQuery.Parse(RegistrySearchTables.Versions, request, ["last_updated_timestamp DESC", "name ASC", "version_number DESC"], ["name ASC", "version_number DESC"]);
        if (!query.Ok)
            return query.Refusal!;
        var where = query.Value.Mentions(Prompts) ? VersionSql.Alive : $"{VersionSql.Alive} AND NOT m.is_prompt";
        var (narrowed, args) = await Narrowed(where, sees, ct);
        return await store.Read(tx => query.Value.Read(tx, VersionSql.Columns, VersionColumns, VersionSql.From, narrowed, VersionSql.Read, args), ct);
    }

    /// <summary>What is not seen goes into no page and no count.</summary>
    async Task<(string Where, (string, object?)[] Args)> Narrowed(string where, Sees sees, CancellationToken ct)
    {
        if (sees.All)
            return (where, []);
        var names = await store.All(ModelSql.Names, ct);
        return ($"m.name {{among}} AND {where}", [("among", names.Where(sees.Model).ToArray())]);
    }

    /// <summary>Models with their tags, aliases and versions, in the order given.</summary>
    public Task<IReadOnlyList<(ModelView Model, List<VersionView> Versions)>> Load(IReadOnlyList<ModelView> found, CancellationToken ct) =>
        store.Read(async Task<IReadOnlyList<(ModelView, List<VersionView>)>> (tx) =>
        {
            List<(ModelView, List<VersionView>)> loaded = [];
            foreach (var model in found)
                loaded.Add((await Models.Whole(tx, model), await models.WithDerived(tx, await versions.Of(tx, model.Name))));
            return loaded;
        }, ct);

    /// <summary>Versions with their tags and aliases, derived ones too, in the order given.</summary>
    public Task<IReadOnlyList<VersionView>> Load(IReadOnlyList<(string ModelId, VersionView View)> found, CancellationToken ct) =>
        store.Read(async Task<IReadOnlyList<VersionView>> (tx) => await models.WithDerived(tx, await Versions.Whole(tx, [.. found])), ct);
}
