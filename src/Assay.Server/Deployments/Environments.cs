using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Deployments;

/// <summary>The environments: declared by a document, or by being named.</summary>
public sealed class Environments(Store store, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>One environment; one that nobody declared has the defaults.</summary>
    public async Task<EnvironmentView> Of(Tx tx, string name) =>
        await tx.First(EnvironmentSql.One, ("name", name)) is { } stored ? View(stored) : EnvironmentView.Undeclared(name);

    /// <summary>Is there such an environment: declared, reported to or observed?</summary>
    public async Task<bool> Exists(Tx tx, string name) => await tx.First(EnvironmentSql.One, ("name", name)) is not null;

    /// <summary>All, by name.</summary>
    public async Task<List<EnvironmentView>> All(Tx tx) => (await tx.All(EnvironmentSql.All)).ConvertAll(View);

    /// <summary>Lets an environment come into being by its name, with the defaults.</summary>
    public Task Name(Tx tx, string name, Principal by) => tx.Execute(EnvironmentSql.Name, ("name", name), ("at", time.GetUtcNow()), ("actor", by));

    /// <summary>Applies a document; the same document again changes nothing and records nothing.</summary>
    public Task<Result<EnvironmentApplied>> Apply(string name, string text, Principal by, CancellationToken ct)
    {
        var read = EnvironmentDocument.Read(text, "request body");
        if (read.Refusal is { } refusal)
            return Task.FromResult<Result<EnvironmentApplied>>(refusal);
        var declared = read.Value;
        if (declared.Name != name)
            return Task.FromResult<Result<EnvironmentApplied>>(DeploymentRefusals.OtherName(name, declared.Name));
        return store.Write(async Task<Result<EnvironmentApplied>> (tx) =>
        {
            await tx.Lock("deployments", name);
            var before = await Of(tx, name);
            if (before.Digest == declared.Digest)
                return new EnvironmentApplied(name, declared.Digest!.Value, false);
            await tx.Execute(EnvironmentSql.Apply, ("name", name), ("document", text), ("digest", declared.Digest), ("at", time.GetUtcNow()), ("actor", by));
            await ledger.Record(tx, by, LedgerActions.EnvironmentApplied, new(Environment: name), new JsonObject { ["digest"] = declared.Digest.ToString(), ["replaces"] = before.Digest?.ToString() });
            return new EnvironmentApplied(name, declared.Digest!.Value, true);
        }, ct);
    }

    /// <summary>A stored document was checked when it was applied, so it can be read.</summary>
    static EnvironmentView View(EnvironmentSql.Stored stored) =>
        (stored.Document is { } text ? EnvironmentDocument.Read(text, stored.Name).Value : EnvironmentView.Undeclared(stored.Name)) with { At = stored.At, By = stored.Actor };
}

/// <summary>What applying a document did.</summary>
public sealed record EnvironmentApplied(string Name, Digest Digest, bool Changed);
