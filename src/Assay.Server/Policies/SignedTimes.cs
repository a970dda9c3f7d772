using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Policies;

/// <summary>When a stored verdict was given and until when it is good, as its signed bytes say.</summary>
sealed record SignedTimes(DateTimeOffset DecidedAt, DateTimeOffset NotAfter, DsseEnvelope Envelope)
{
    /// <summary>Null when the envelope is not signed by one of the keys, or is not the one that the digest names: then it is as if there were no verdict.</summary>
    public static SignedTimes? Of(StoredVerdict stored, IReadOnlyList<VerificationKey> keys)
    {
        if (DsseEnvelope.Read(JsonNode.Parse(stored.Envelope)) is not { } envelope || envelope.SignedBy(keys) is null || Digest.Of(envelope.PayloadBytes()) != stored.Digest)
            return null;
        var summary = JsonNode.Parse(envelope.PayloadBytes())!["predicate"]!;
        return new(Time(summary["timeVerified"]), Time(summary["not_after"]), envelope);
    }

    static DateTimeOffset Time(JsonNode? text) => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
