using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>MLflow's labels on versions: aliases, stages, tags, descriptions. Stored, shown as such, never believed.</summary>
public sealed class SoftSignals(Models models, Versions versions, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Points an alias at a version.</summary>
    public Task<Result<Done>> SetAlias(string model, string alias, string version, Principal who, CancellationToken ct) => models.Change<Done>(model, async (tx, row) =>
    {
        if (Names.AliasProblem(alias) is { } problem)
        {
            ledger.RecordIfRefused(tx, who, LedgerActions.AliasSet, new(model), () => new JsonObject { ["alias"] = alias, ["version"] = version, ["code"] = problem.Code });
            return problem;
        }
        var found = await versions.Find(tx, model, version);
        if (!found.Ok)
            return found.Refusal!;
        await tx.Execute(ModelSql.PutAlias, ("id", row.Id), ("alias", alias), ("number", found.Value.Number));
        await tx.Execute(ModelSql.Touch, ("id", row.Id), ("at", time.GetUtcNow()));
        await ledger.Record(tx, who, LedgerActions.AliasSet, new(model, found.Value.Digest), new JsonObject { ["alias"] = alias, ["version"] = found.Value.Number });
        return Done.Yes;
    }, ct);

    /// <summary>Takes an alias away; one that is not there is taken away silently.</summary>
    public Task<Result<Done>> DropAlias(string model, string alias, Principal who, CancellationToken ct) => models.Change<Done>(model, async (tx, row) =>
    {
        if (Names.Protected.Contains(alias.ToLowerInvariant()))
            return Refuse(tx, who, LedgerActions.AliasDeleted, new(model), RegistryRefusals.ProtectedAlias(alias));
        if (await tx.Execute(ModelSql.DropAlias, ("id", row.Id), ("alias", alias)) > 0)
            await ledger.Record(tx, who, LedgerActions.AliasDeleted, new(model), new JsonObject { ["alias"] = alias });
        return Done.Yes;
    }, ct);

    /// <summary>The version that an alias names: derived for protected ones, <c>latest</c> for the highest number.</summary>
    public async Task<Result<VersionView>> ByAlias(Tx tx, string model, string alias)
    {
        var row = await models.Find(tx, model);
        if (!row.Ok)
            return row.Refusal!;
        if (Names.Protected.Contains(alias.ToLowerInvariant()))
            return await models.Champion(tx, model) is { } champion ? await versions.Find(tx, model, champion.ToString()) : RegistryRefusals.NoAlias(alias);
        if (alias.Equals("latest", StringComparison.OrdinalIgnoreCase))
            return (await versions.Of(tx, model)).FirstOrDefault() is { } newest ? newest : RegistryRefusals.NoAlias(alias);
        return row.Value.Aliases.TryGetValue(alias, out var number) ? await versions.Find(tx, model, number.ToString()) : RegistryRefusals.NoAlias(alias);
    }

    /// <summary>Moves a version to a stage; with <paramref name="archiveOthers"/> the others there are archived.</summary>
    public Task<Result<VersionView>> SetStage(string model, string version, string stage, bool archiveOthers, Principal who, CancellationToken ct) => Change(model, version, async (tx, id, view) =>
    {
        var wanted = Names.Stage(stage);
        if (!wanted.Ok)
            return wanted.Refusal!;
        if (archiveOthers && wanted.Value is not ("Staging" or "Production"))
            return RegistryRefusals.ArchiveStage(wanted.Value);
        var now = time.GetUtcNow();
        await tx.Execute(VersionSql.Stage, ("id", id), ("number", view.Number), ("stage", wanted.Value), ("at", now));
        if (archiveOthers)
            await tx.Execute(VersionSql.ArchiveOthers, ("id", id), ("number", view.Number), ("stage", wanted.Value), ("at", now));
        await ledger.Record(tx, who, LedgerActions.StageSet, new(model, view.Digest), new JsonObject { ["stage"] = wanted.Value, ["version"] = view.Number });
        return Done.Yes;
    }, ct);

    /// <summary>Replaces the description of a version: a human note, outside the seal.</summary>
    public Task<Result<VersionView>> Describe(string model, string version, string description, CancellationToken ct) => Change(model, version, async (tx, id, view) =>
    {
        if (WireLimits.Description.Length(description, "description") is { } tooLong)
            return tooLong;
        await tx.Execute(VersionSql.Describe, ("id", id), ("number", view.Number), ("description", description), ("at", time.GetUtcNow()));
        return Done.Yes;
    }, ct);

    /// <summary>Sets a tag of a version, or takes it away with null.</summary>
    public Task<Result<VersionView>> Tag(string model, string version, string key, string? value, CancellationToken ct) => Change(model, version, async (tx, id, view) =>
    {
        if (Names.TagProblem(key, value) is { } problem)
            return problem;
        await (value is null
            ? tx.Execute(VersionSql.DropTag, ("id", id), ("number", view.Number), ("key", key))
            : tx.Execute(VersionSql.PutTag, ("id", id), ("number", view.Number), ("key", key), ("value", value)));
        return Done.Yes;
    }, ct);

    /// <summary>Takes a version out of sight with its aliases; what is approved is protected, and the record stays.</summary>
    public async Task<Result<Done>> Delete(string model, string version, Principal who, CancellationToken ct) => await models.Change<Done>(model, async (tx, row) =>
    {
        var found = await versions.Find(tx, model, version);
        if (!found.Ok)
            return found.Refusal!;
        if (found.Value.Digest is { } digest && (await models.Approved(tx, model)).Contains(digest))
            return Refuse(tx, who, LedgerActions.VersionDeleted, new(model, digest, found.Value.RunId), RegistryRefusals.SealedContent(model, found.Value.Number));
        await tx.Execute(ModelSql.DropAliasesOf, ("id", row.Id), ("number", found.Value.Number));
        await tx.Execute(VersionSql.Delete, ("id", row.Id), ("number", found.Value.Number), ("at", time.GetUtcNow()));
        await ledger.Record(tx, who, LedgerActions.VersionDeleted, new(model, found.Value.Digest, found.Value.RunId), new JsonObject { ["number"] = found.Value.Number });
        return Done.Yes;
    }, ct);

    /// <summary>The attempt is recorded; nothing else of the unit stays.</summary>
    Refusal Refuse(Tx tx, Principal who, string action, LedgerSubject subject, Refusal refusal)
    {
        ledger.RecordIfRefused(tx, who, action, subject, () => LedgerWriter.Reason(refusal));
        return refusal;
    }

    Task<Result<VersionView>> Change(string model, string version, Func<Tx, string, VersionView, Task<Result<Done>>> change, CancellationToken ct) => models.Change<VersionView>(model, async (tx, row) =>
    {
        var found = await versions.Find(tx, model, version);
        if (!found.Ok)
            return found.Refusal!;
        var done = await change(tx, row.Id, found.Value);
        return done.Ok ? (await versions.Find(tx, model, found.Value.Number.ToString())).Value : done.Refusal!;
    }, ct);
}
