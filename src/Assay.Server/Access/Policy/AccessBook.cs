using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.Policy;

/// <summary>What an application changed; <see cref="Changed"/> is false when the very same was in force.</summary>
public sealed record AccessChange(AppliedAccess Applied, AccessPolicy Policy, bool Changed, IReadOnlyList<string> Differences);

/// <summary>The access policy in force. Without any, the server runs in local mode.</summary>
public sealed class AccessBook(Store store, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>A policy with its revision; replaced whole, so that a request sees one or the other.</summary>
    sealed record InForce(long Revision, AccessPolicy Policy);

    volatile InForce? current;

    /// <summary>The policy that this process last saw in force; null in local mode.</summary>
    public AccessPolicy? Current => current?.Policy;

    /// <summary>The policy of a revision that was just read: the one in memory if it is that, else read again. Null when there is none.</summary>
    public async Task<AccessPolicy?> At(long revision, CancellationToken ct)
    {
        if (revision == 0)
            return null;
        if (current is { } known && known.Revision >= revision)
            return known.Policy;
        await Look(ct);
        return Current;
    }

    /// <summary>Reads what is in force.</summary>
    public async Task Look(CancellationToken ct)
    {
        var applied = await store.First(AccessSql.InForce, ct);
        if (applied is null || current?.Revision >= applied.Revision)
            return;
        current = new(applied.Revision, applied.Policy());
    }

    /// <summary>The document in force.</summary>
    public Task<AppliedAccess?> Applied(CancellationToken ct) => store.First(AccessSql.InForce, ct);

    /// <summary>Puts a policy in force; what changed stands in the ledger. Credentials of rules that changed are no longer valid.</summary>
    public async Task<Result<AccessChange>> Apply(string? name, string yaml, Principal who, bool fromFile, CancellationToken ct)
    {
        var read = AccessDocument.Read(yaml, "access policy");
        if (!read.Ok)
            return read.Refusal!;
        var policy = read.Value;
        if (name is not null && policy.Name != name)
            return AccessRefusals.OtherName(name, policy.Name);
        var result = await store.Write(async Task<Result<AccessChange>> (tx) =>
        {
            await tx.Lock("access", "policy");
            var was = await tx.First(AccessSql.InForce);
            var before = was?.Policy();
            if (before is not null && (before.Digest == policy.Digest || fromFile && await tx.First(AccessSql.NewestFile) == policy.Digest.ToString()))
                return new AccessChange(was!, before, false, []);
            if (before is not null && before.Name != policy.Name)
                return AccessRefusals.AnotherInForce(before.Name, policy.Name);
            var applied = new AppliedAccess((was?.Revision ?? 0) + 1, yaml, time.GetUtcNow(), who.ToString(), who.Verified);
            await tx.Execute(AccessSql.Insert, ("revision", applied.Revision), ("digest", policy.Digest), ("body", yaml), ("at", applied.AppliedAt), ("by", applied.AppliedBy), ("verified", applied.Verified), ("file", fromFile));
            await tx.Execute(TokenSql.RevokeOthers, ("kind", TokenKind.Minted), ("at", applied.AppliedAt), ("among", policy.Workloads.Select(w => w.Digest.ToString()).ToArray()));
            var differences = AccessDifferences.Of(before, policy);
            await ledger.Record(tx, who, LedgerActions.AccessApplied, new(), new JsonObject
            {
                ["name"] = policy.Name,
                ["revision"] = applied.Revision,
                ["digest"] = policy.Digest.ToString(),
                ["replaces"] = before?.Digest.ToString(),
                ["differences"] = new JsonArray([.. differences.Take(100).Select(d => JsonValue.Create(d))]),
            });
            return new AccessChange(applied, policy, true, differences);
        }, ct);
        if (result.Ok)
            await Look(ct);
        return result;
    }
}
