using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Policies;

/// <summary>
/// What a gate said about one digest for one slot, signed. <see cref="Digest"/> is the version's, <see cref="VerdictDigest"/> its own: the SHA-256
/// of the signed payload, to which approvals are bound. Good until <see cref="NotAfter"/>.
/// </summary>
public sealed record Verdict(
    Digest VerdictDigest, Digest Digest, string Model, long Version, string Environment, string Slot,
    [property: JsonPropertyName("verdict")] Outcome Outcome, IReadOnlyList<RuleResult> Rules,
    string Policy, Digest PolicyDigest, IReadOnlyList<string> PolicySources, IReadOnlyList<Digest> Evidence,
    DateTimeOffset DecidedAt, DateTimeOffset NotAfter, Digest? Champion, IReadOnlyList<ApprovalRule> Approvals)
{
    static readonly JsonSerializerOptions Wire = Made();

    /// <summary>The signed SLSA verification summary; not in lists.</summary>
    public DsseEnvelope? Envelope { get; init; }

    /// <summary>Does it open the gate then?</summary>
    public bool OpensAt(DateTimeOffset now) => Outcome.Opens() && now < NotAfter;

    internal string ToText() => JsonSerializer.Serialize(this with { Envelope = null }, Wire);

    internal static Verdict FromText(string text) => JsonSerializer.Deserialize<Verdict>(text, Wire)!;

    static JsonSerializerOptions Made()
    {
        var options = new JsonSerializerOptions();
        RunningServer.Wire(options);
        return options;
    }
}
