using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Policies;

/// <summary>What became of an applied policy; <see cref="Changed"/> is false when it was in force already.</summary>
public sealed record PolicyChange(AppliedPolicy Applied, bool Changed, Digest? Previous, IReadOnlyList<JsonChange> Diff);

/// <summary>The policies in force: applied ones, and the built-in below them.</summary>
public sealed class PolicyShelf(Store store, LedgerWriter ledger, Outbox outbox, TimeProvider time)
{
    /// <summary>Puts a policy in force; what changed stands in the ledger. The name in the address must be the document's.</summary>
    public async Task<Result<PolicyChange>> Apply(string name, string yaml, Principal who, CancellationToken ct)
    {
        var read = PolicyDocument.Read(yaml, "policy");
        if (!read.Ok)
            return read.Refusal!;
        var policy = read.Value;
        if (policy.Name != name)
            return PolicyRefusals.OtherName(name, policy.Name);
        return await store.Write(async Task<Result<PolicyChange>> (tx) =>
        {
            await tx.Lock("policies", "documents");
            var inForce = await tx.All(PolicySql.InForce);
            var was = inForce.Find(p => p.Name == name);
            if (was?.Digest == policy.Digest)
                return new PolicyChange(was, false, was.Digest, []);
            if (inForce.Find(p => p.Name != name && Parsed(p).Match == policy.Match) is { } rival)
                return PolicyRefusals.SameMatch(name, rival.Name);
            var applied = new AppliedPolicy(name, (was?.Revision ?? 0) + 1, policy.Digest, yaml, time.GetUtcNow(), who.ToString(), who.Verified);
            var diff = JsonDiff.Of(was is null ? [] : Parsed(was).ToJson(), policy.ToJson());
            await tx.Execute(PolicySql.Retire, ("name", name));
            await tx.Execute(PolicySql.Insert, ("name", name), ("revision", applied.Revision), ("digest", applied.Digest), ("body", yaml), ("at", applied.AppliedAt), ("by", applied.AppliedBy), ("verified", applied.Verified));
            await ledger.Record(tx, who, LedgerActions.PolicyApplied, new(), new JsonObject
            {
                ["name"] = name,
                ["revision"] = applied.Revision,
                ["digest"] = policy.Digest.ToString(),
                ["replaces"] = was?.Digest.ToString(),
                ["diff"] = new JsonArray([.. diff.Take(50).Select(d => new JsonObject { ["path"] = d.Path, ["before"] = d.Before?.DeepClone(), ["after"] = d.After?.DeepClone() })]),
            });
            await outbox.Publish(tx, new PolicyApplied(name));
            return new PolicyChange(applied, true, was?.Digest, diff);
        }, ct);
    }

    /// <summary>The effective policy of a slot: the most specific that fits, else the built-in one.</summary>
    public async Task<Policy> For(Tx tx, string model, string environment, string slot)
    {
        var owners = (await tx.All(PolicySql.InForce)).Select(Parsed).Where(p => p.Match.Fits(model, environment, slot))
            .OrderByDescending(p => p.Match.Weight).ThenBy(p => p.Name, StringComparer.Ordinal).FirstOrDefault();
        if (environment == PolicyMatch.Admission)
            return owners is null ? BuiltInPolicies.Admission : BuiltInPolicies.WithAdmission(owners);
        return owners ?? BuiltInPolicies.Default;
    }

    /// <summary>The documents in force, by name; the built-in ones are not among them.</summary>
    public Task<List<AppliedPolicy>> Applied(CancellationToken ct) => store.All(PolicySql.InForce, ct);

    internal static Policy Parsed(AppliedPolicy applied) => PolicyDocument.Read(applied.Yaml, applied.Name).Value;
}

/// <summary>A policy was put in force or changed.</summary>
public sealed record PolicyApplied(string Name) : IEvent
{
    string IEvent.Subject => $"policy:{Name}";
}
