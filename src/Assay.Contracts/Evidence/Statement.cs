using System.Text.Json.Nodes;

namespace Assay.Contracts.Evidence;

/// <summary>The words of in-toto Statement v1 (in-toto.io/Statement/v1) and of our predicates.</summary>
public static class Statement
{
    /// <summary>The <c>_type</c> of every statement.</summary>
    public const string Type = "https://in-toto.io/Statement/v1";

    /// <summary>Our published evaluation predicate.</summary>
    public const string Evaluation = "https://assay.dev/attestation/evaluation/v1";

    /// <summary>SLSA Verification Summary Attestation v1: a gate's verdict.</summary>
    public const string VerificationSummary = "https://slsa.dev/verification_summary/v1";

    /// <summary>A promotion: which digest is approved for a slot, by whom, until when.</summary>
    public const string Promotion = "https://assay.dev/attestation/promotion/v1";

    /// <summary>The server's countersignature of a piece of evidence: from whom it came, and when.</summary>
    public const string Receipt = "https://assay.dev/attestation/receipt/v1";

    /// <summary>The evidence kinds that the evaluation predicate may carry.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["heldout", "slices", "tail", "skew", "leakage", "invariants", "shadow", "canary", "provenance", "review"];

    /// <summary>A statement about one version.</summary>
    public static JsonObject About(string model, Digest digest, string predicateType, JsonObject predicate) => new()
    {
        ["_type"] = Type,
        ["subject"] = new JsonArray(new JsonObject { ["name"] = model, ["digest"] = new JsonObject { ["sha256"] = digest.Hex } }),
        ["predicateType"] = predicateType,
        ["predicate"] = predicate,
    };

    /// <summary>The sha256 digests that a statement is about.</summary>
    public static IReadOnlyList<Digest> Subjects(JsonObject statement) =>
        statement["subject"] is JsonArray subjects
            ? [.. from s in subjects
                  let hex = s is JsonObject map && map["digest"] is JsonObject digests ? digests["sha256"]?.ToString() : null
                  where Digest.TryParse(hex, out _)
                  select Digest.Parse(hex!)]
            : [];
}
