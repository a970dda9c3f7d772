using System.Text.Json.Serialization;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Promotions;

/// <summary>How a digest came to be approved.</summary>
public enum PromotionKind
{
    /// <summary>By a gate and, where the policy asks for it, people.</summary>
    Promotion,
    /// <summary>Back to what was approved before.</summary>
    Rollback,
}

/// <summary>One approval as it counted.</summary>
public sealed record CountedApproval(string By, bool Verified, DateTimeOffset At, Digest VerdictDigest);

/// <summary>A digest is the approved target of a slot since <see cref="At"/>. Append-only; the newest of a slot counts.</summary>
/// <param name="Entry">The ledger entry that tells about it.</param>
/// <param name="Replaces">What was approved before.</param>
/// <param name="NotAfter">Until when an offline verifier believes it.</param>
public sealed record PromotionView(
    string Id, PromotionKind Kind, string Model, long Version, Digest Digest, string Environment, string Slot, Digest VerdictDigest,
    DateTimeOffset At, DateTimeOffset NotAfter, string By, bool Verified, string Entry, IReadOnlyList<CountedApproval> Approvals,
    string? Request, Digest? Replaces, string? Reason)
{
    /// <summary>The signed statement.</summary>
    [JsonIgnore]
    public DsseEnvelope? Envelope { get; init; }

    /// <summary>Its place among the promotions of the slot, from 1.</summary>
    [JsonIgnore]
    public long Seq { get; init; }
}

/// <summary>Something else is approved for a slot now.</summary>
public sealed record PromotionMade(string Model, string Environment, string Slot, Digest Digest, string Id, string Kind) : Events.IEvent
{
    string Events.IEvent.Subject => $"{Model}/{Environment}/{Slot}";
}
