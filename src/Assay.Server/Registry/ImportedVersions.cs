using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>A version of another MLflow registry, with its own number. Times are UTC milliseconds.</summary>
public sealed record ImportedVersion(string Model, long Number, string Origin, string Source, string? RunId, string? LoggedModelId, string Description, string? RunLink, string Stage,
    IReadOnlyList<string> Aliases, IReadOnlyDictionary<string, string> Tags, long CreatedMs, long UpdatedMs);

/// <summary>Takes over versions of another registry: under their own numbers, readable, with their soft signals; without a digest, so never admitted or promoted.</summary>
public sealed class ImportedVersions(Store store, Models models, Versions versions, LedgerWriter ledger)
{
    /// <summary>Takes one over; the same again changes nothing but its soft signals.</summary>
    public Task<Result<VersionView>> Put(ImportedVersion version, Principal who, CancellationToken ct) => store.Write<VersionView>(async tx =>
    {
        var stage = Names.Stage(version.Stage);
        if ((stage.Refusal ?? Names.Problem(version.Model, version.Description, version.Tags) ?? Odd(version)) is { } problem)
            return problem;
        await tx.Lock("registry", version.Model);
        var model = await models.Ensure(tx, version.Model);
        var there = (await versions.Find(tx, version.Model, version.Number.ToString())) is { Ok: true } found ? found.Value : null;
        if (there is { Status: not (VersionStatus.Imported or VersionStatus.Prompt) })
            return RegistryRefusals.NumberTaken(version.Model, version.Number);
        if (there is null)
            await Insert(tx, model, version, who);
        foreach (var (key, value) in version.Tags)
            await tx.Execute(VersionSql.PutTag, ("id", model.Id), ("number", version.Number), ("key", key), ("value", value));
        // A champion is derived from what is approved here; what another registry called so stays readable as a tag.
        foreach (var alias in version.Aliases)
            await (Names.AliasProblem(alias) is null
                ? tx.Execute(ModelSql.PutAlias, ("id", model.Id), ("alias", alias), ("number", version.Number))
                : tx.Execute(VersionSql.PutTag, ("id", model.Id), ("number", version.Number), ("key", $"imported.alias.{alias}"), ("value", "true")));
        await tx.Execute(VersionSql.Stage, ("id", model.Id), ("number", version.Number), ("stage", stage.Value), ("at", version.UpdatedMs));
        return (await versions.Find(tx, version.Model, version.Number.ToString())).Value;
    }, ct);

    async Task Insert(Tx tx, ModelView model, ImportedVersion version, Principal who)
    {
        await tx.Execute(ModelSql.PassNumber, ("id", model.Id), ("number", version.Number));
        await tx.Execute(VersionSql.Insert, ("id", model.Id), ("number", version.Number), ("digest", null), ("status", model.IsPrompt ? VersionStatus.Prompt : VersionStatus.Imported),
            ("reason", $"Imported from {version.Origin}: readable, never admitted."), ("gaps", "[]"), ("run", version.RunId), ("seal", null), ("source", version.Source), ("path", PathOf(version.Source)),
            ("link", version.RunLink), ("logged", version.LoggedModelId), ("description", version.Description), ("profile", null), ("profile_digest", null), ("by", who), ("at", version.CreatedMs));
        await ledger.Record(tx, who, LedgerActions.VersionImported, new(version.Model, RunId: version.RunId), new() { ["number"] = version.Number, ["origin"] = version.Origin });
    }

    static Refusal? Odd(ImportedVersion version) =>
        version.Number is < 1 or > int.MaxValue ? RegistryRefusals.ImportField("version", version.Number.ToString(), "a whole number from 1")
        : version.Origin.Length is 0 or > 2000 ? RegistryRefusals.ImportField("origin", version.Origin, "the address of the registry it comes from")
        : null;

    static string? PathOf(string source) => source.StartsWith("mlflow-artifacts:/", StringComparison.Ordinal) ? source["mlflow-artifacts:/".Length..].Trim('/') : null;
}
