using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>May a stored measurement be believed? Asked anew at every reading, from the signed bytes.</summary>
public enum EvidenceState
{
    /// <summary>Signed by a known key, about this digest, readable.</summary>
    Sound,
    /// <summary>Taken back by its producer or an operator.</summary>
    Withdrawn,
    /// <summary>No known key signed it, or not its principal's.</summary>
    ForeignKey,
    /// <summary>It is about other content.</summary>
    OtherDigest,
    /// <summary>Its bytes are no statement.</summary>
    Unreadable,
}

/// <summary>Why and by whom a measurement was taken back.</summary>
public sealed record Withdrawal(DateTimeOffset At, string By, string Reason);

/// <summary>One piece of evidence as the higher rooms see it.</summary>
/// <param name="Digest">SHA-256 of the envelope's payload bytes.</param>
/// <param name="Subject">The version's digest.</param>
/// <param name="By">The principal who measured.</param>
/// <param name="Roles">The roles it held then.</param>
/// <param name="OwnKey">Signed by the producer's own key rather than by the server for it.</param>
/// <param name="MeasuredAt">The newest time at which this very measurement was made; ages count from it.</param>
/// <param name="Evaluation">The predicate, read; null when <see cref="EvidenceState.Unreadable"/>.</param>
public sealed record EvidenceView(
    Digest Digest, string Model, long Number, Digest Subject, string Kind, string By, bool Verified, IReadOnlyList<string> Roles,
    bool OwnKey, string KeyId, DateTimeOffset RecordedAt, DateTimeOffset MeasuredAt, Withdrawal? Withdrawn,
    EvidenceState State, Evaluation? Evaluation, JsonObject? Statement, DsseEnvelope Envelope, DsseEnvelope Receipt);
