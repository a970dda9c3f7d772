using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>Registered models: named lines of versions.</summary>
public sealed class Models(Store store, LedgerWriter ledger, IEnumerable<IChampions> champions, TimeProvider time)
{
    /// <summary>Makes a model.</summary>
    public Task<Result<ModelView>> Create(string name, string description, IReadOnlyDictionary<string, string> tags, Principal who, CancellationToken ct) => store.Write<ModelView>(async tx =>
    {
        if (Names.Problem(name, description, tags) is { } problem)
            return problem;
        await tx.Lock("registry", name);
        var prompt = tags.GetValueOrDefault(Names.PromptTag) == "true";
        if (await tx.First(ModelSql.ByName, ("name", name)) is { } there)
            return there.IsPrompt == prompt ? RegistryRefusals.NameTaken(name) : RegistryRefusals.PromptClash(name, there.IsPrompt);
        var model = await Insert(tx, name, description, prompt);
        foreach (var (key, value) in tags)
            await tx.Execute(ModelSql.PutTag, ("id", model.Id), ("key", key), ("value", value));
        await ledger.Record(tx, who, LedgerActions.ModelCreated, new(name));
        return (await Find(tx, name)).Value;
    }, ct);

    /// <summary>One model with its tags and aliases.</summary>
    public async Task<Result<ModelView>> Find(Tx tx, string name)
    {
        if (await tx.First(ModelSql.ByName, ("name", name)) is not { } model)
            return RegistryRefusals.NoModel(name);
        return await Whole(tx, model);
    }

    /// <summary>Models (no prompts) by name that the caller sees and whose names hold what is asked for, at most so many.</summary>
    public async Task<List<ModelView>> Seen(Tx tx, Sees sees, int limit, string asked = "")
    {
        List<ModelView> whole = [];
        foreach (var model in sees.All && asked.Length == 0 ? await tx.All(ModelSql.All, ("limit", limit)) : await tx.All(ModelSql.Among, ("among", await SeenNames(tx, sees, limit, asked))))
            whole.Add(await Whole(tx, model));
        return whole;
    }

    /// <summary>Left out before it is cut: what somebody does not see must not take the place of what they do.</summary>
    internal static async Task<string[]> SeenNames(Tx tx, Sees sees, int limit, string asked = "") =>
        [.. (await tx.All(ModelSql.NamesOfModels)).Where(name => sees.Model(name) && name.Contains(asked, StringComparison.OrdinalIgnoreCase)).Take(limit)];

    /// <summary>The model of that name, made if there is none. The caller holds its lock.</summary>
    internal async Task<ModelView> Ensure(Tx tx, string name) => await tx.First(ModelSql.ByName, ("name", name)) ?? await Insert(tx, name, "", false);

    /// <summary>Gives a model another name; its versions go with it.</summary>
    public Task<Result<ModelView>> Rename(string name, string to, Principal who, CancellationToken ct) => Change<ModelView>(name, async (tx, model) =>
    {
        if (Names.Problem(to, "", new Dictionary<string, string>()) is { } problem)
            return problem;
        if (to != name && await tx.First(ModelSql.ByName, ("name", to)) is not null)
            return RegistryRefusals.NameTaken(to);
        if ((await Approved(tx, name)).Count > 0)
            return Refuse(tx, who, LedgerActions.ModelRenamed, name, RegistryRefusals.Used(name, "has an approved version, so it cannot be renamed"));
        await tx.Execute(ModelSql.Rename, ("id", model.Id), ("name", to), ("at", time.GetUtcNow()));
        await ledger.Record(tx, who, LedgerActions.ModelRenamed, new(name), new JsonObject { ["to"] = to });
        return (await Find(tx, to)).Value;
    }, ct);

    /// <summary>Replaces the description.</summary>
    public Task<Result<ModelView>> Describe(string name, string description, CancellationToken ct) => Change<ModelView>(name, async (tx, model) =>
    {
        if (WireLimits.Description.Length(description, "description") is { } tooLong)
            return tooLong;
        await tx.Execute(ModelSql.Describe, ("id", model.Id), ("description", description), ("at", time.GetUtcNow()));
        return (await Find(tx, name)).Value;
    }, ct);

    /// <summary>Takes a model out of sight; its versions and the record stay.</summary>
    public Task<Result<Done>> Delete(string name, Principal who, CancellationToken ct) => Change<Done>(name, async (tx, model) =>
    {
        if ((await Approved(tx, name)).Count > 0)
            return Refuse(tx, who, LedgerActions.ModelDeleted, name, RegistryRefusals.Used(name, "has an approved version, so it cannot be deleted"));
        await tx.Execute(ModelSql.Delete, ("id", model.Id), ("at", time.GetUtcNow()));
        await ledger.Record(tx, who, LedgerActions.ModelDeleted, new(name));
        return Done.Yes;
    }, ct);

    /// <summary>Sets a tag, or takes it away with null; one that is not there is taken away silently.</summary>
    public Task<Result<Done>> Tag(string name, string key, string? value, CancellationToken ct) => Change<Done>(name, async (tx, model) =>
    {
        if (Names.TagProblem(key, value) is { } problem)
            return problem;
        await (value is null ? tx.Execute(ModelSql.DropTag, ("id", model.Id), ("key", key)) : tx.Execute(ModelSql.PutTag, ("id", model.Id), ("key", key), ("value", value)));
        await tx.Execute(ModelSql.Touch, ("id", model.Id), ("at", time.GetUtcNow()));
        return Done.Yes;
    }, ct);

    /// <summary>The digest approved for the primary slot of production, as the room that knows says.</summary>
    public async Task<Digest?> Champion(Tx tx, string model)
    {
        foreach (var answers in champions)
            if (await answers.Champion(tx, model) is { } digest)
                return digest;
        return null;
    }

    /// <summary>The same versions, each with the protected aliases that it has now.</summary>
    public async Task<List<VersionView>> WithDerived(Tx tx, IReadOnlyList<VersionView> versions)
    {
        Dictionary<string, Digest?> approved = [];
        foreach (var model in versions.Where(v => v.Digest is not null).Select(v => v.Model).Distinct())
            approved[model] = await Champion(tx, model);
        return [.. versions.Select(v => v.Digest is { } digest && approved[v.Model] == digest ? v with { Derived = Names.Protected } : v)];
    }

    /// <inheritdoc cref="WithDerived(Tx, IReadOnlyList{VersionView})"/>
    public async Task<Result<VersionView>> WithDerived(Tx tx, Result<VersionView> found) => found.Ok ? (await WithDerived(tx, [found.Value]))[0] : found;

    /// <summary>A unit on one model, with its lock.</summary>
    internal Task<Result<T>> Change<T>(string name, Func<Tx, ModelView, Task<Result<T>>> change, CancellationToken ct) => store.Write(async Task<Result<T>> (tx) =>
    {
        await tx.Lock("registry", name);
        return await tx.First(ModelSql.ByName, ("name", name)) is { } model ? await change(tx, model) : RegistryRefusals.NoModel(name);
    }, ct);

    /// <summary>The digests approved in any slot of any environment, as the room that knows says.</summary>
    internal async Task<HashSet<Digest>> Approved(Tx tx, string model)
    {
        HashSet<Digest> approved = [];
        foreach (var answers in champions)
            approved.UnionWith(await answers.Approved(tx, model));
        return approved;
    }

    /// <summary>The attempt is recorded; nothing else of the unit stays.</summary>
    Refusal Refuse(Tx tx, Principal who, string action, string model, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, action, new(model), () => LedgerWriter.Reason(refusal));
        return refusal;
    }

    async Task<ModelView> Insert(Tx tx, string name, string description, bool prompt)
    {
        var now = time.GetUtcNow();
        var id = Ulid.New(now);
        await tx.Execute(ModelSql.Insert, ("id", id), ("name", name), ("description", description), ("prompt", prompt), ("at", now));
        return new(name, description, prompt, now, now) { Id = id };
    }

    internal static async Task<ModelView> Whole(Tx tx, ModelView model) => model with
    {
        Tags = (await tx.All(ModelSql.Tags, ("id", model.Id))).ToDictionary(t => t.Key, t => t.Value),
        Aliases = (await tx.All(VersionSql.Aliases, ("id", model.Id))).ToDictionary(a => a.Alias, a => a.Number),
    };
}
