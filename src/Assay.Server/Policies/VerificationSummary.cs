using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Http;

namespace Assay.Server.Policies;

/// <summary>
/// A verdict as a SLSA Verification Summary Attestation v1 (slsa.dev/spec/v1.0/verification_summary) with our own fields beside its own.
/// <c>resourceUri</c> names environment, model and slot: a verifier matches all three, or a pass for staging could be shown for production.
/// </summary>
static class VerificationSummary
{
    /// <summary>The statement of a judgement; its canonical bytes are what is signed.</summary>
    public static JsonObject Of(Policy policy, GateCase about, Judgement judged, DateTimeOffset notAfter) => Statement.About(about.Model, about.Subject, Statement.VerificationSummary, new JsonObject
    {
        ["verifier"] = new JsonObject { ["id"] = "https://assay.dev/gate", ["version"] = new JsonObject { ["assay"] = ProgramVersion.Text } },
        ["timeVerified"] = Time(about.Now),
        ["resourceUri"] = $"assay://{about.Environment}/{about.Model}/{about.Slot}",
        ["policy"] = new JsonObject { ["uri"] = $"assay://policies/{policy.Name}", ["digest"] = new JsonObject { ["sha256"] = policy.Digest.Hex } },
        ["inputAttestations"] = new JsonArray([.. judged.Evidence.Select(e => new JsonObject { ["uri"] = $"assay://evidence/{e}", ["digest"] = new JsonObject { ["sha256"] = e.Hex } })]),
        ["verificationResult"] = judged.Verdict.Opens() ? "PASSED" : "FAILED",
        ["verifiedLevels"] = Policy.Words(Levels(about.Environment, judged.Verdict)),
        ["slsaVersion"] = "1.0",
        ["assay_verdict"] = judged.Verdict.Word(),
        ["rules"] = new JsonArray([.. judged.Rules.Select(Rule)]),
        ["not_after"] = Time(notAfter),
        ["champion"] = about.Champion?.ToString(),
    });

    /// <summary>
    /// The digest over all that a verdict says and rests on but the time: while it stays the same, a verdict and the approvals bound to it stay good.
    /// </summary>
    public static Digest Ground(Policy policy, GateCase about, Judgement judged) => CanonicalJson.DigestOf(new JsonObject
    {
        ["policy"] = policy.Digest.ToString(),
        ["champion"] = about.Champion?.ToString(),
        ["evidence"] = Policy.Words(judged.Evidence.Select(e => e.ToString())),
        ["verdict"] = judged.Verdict.Word(),
        ["rules"] = new JsonArray([.. judged.Rules.Select(Rule)]),
    });

    static IEnumerable<string> Levels(string environment, Outcome outcome)
    {
        var place = new StringBuilder();
        foreach (var c in environment)
            place.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        return outcome switch
        {
            Outcome.Passed => [$"ASSAY_GATE_{place}_PASSED"],
            Outcome.Waived => [$"ASSAY_GATE_{place}_PASSED", $"ASSAY_GATE_{place}_WAIVED"],
            _ => ["FAILED"],
        };
    }

    static JsonNode Rule(RuleResult r) => new JsonObject
    {
        ["rule"] = r.Rule,
        ["evidence"] = r.Evidence,
        ["evidence_digest"] = r.EvidenceDigest?.ToString(),
        ["verdict"] = r.Verdict.Word(),
        ["severity"] = r.Severity.ToString().ToLowerInvariant(),
        ["wanted"] = r.Wanted,
        ["seen"] = r.Seen,
        ["low"] = r.Low,
        ["high"] = r.High,
        ["n"] = r.N,
        ["reason"] = r.Reason,
    };

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
