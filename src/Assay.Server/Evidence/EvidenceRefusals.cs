using Assay.Contracts;
using Assay.Server.Identity;

namespace Assay.Server.Evidence;

static class EvidenceRefusals
{
    const string Form = "See the page on evidence in the documentation for the form of a statement.";

    public static Refusal NoStatement(string why) => new(RefusalKind.Invalid, "malformed-evidence", $"The body is no in-toto statement: {why}", Form);

    public static Refusal Malformed(IReadOnlyList<Gap> problems) => new(RefusalKind.Invalid, "malformed-evidence",
        $"The statement has {(problems.Count == 1 ? "a problem" : $"{problems.Count} problems")}: {string.Join("; ", problems.Take(20).Select(p => $"{p.Item}: wanted {p.Wanted}, found {p.Found}"))}.",
        Form, problems[0].Item)
    { Gaps = problems };

    public static Refusal OtherDigest(Digest about, Digest version) => new(RefusalKind.Invalid, "evidence-of-another-digest",
        $"The statement is about sha256:{about.Short}…, but this version is sha256:{version.Short}….", "Post it to the version that was measured, or measure this one.", "$.subject[0].digest.sha256");

    public static Refusal Evaluator(string sent, Principal who) => new(RefusalKind.Invalid, "evaluator-mismatch",
        $"The statement names the evaluator '{sent}', but it was sent by '{who}'.", "Leave evaluator.id out: it is set from the credential.", "$.predicate.evaluator.id");

    public static Refusal TooLarge(int most) => new(RefusalKind.Invalid, "evidence-too-large", $"A statement may have {most / (1024 * 1024)} MiB at most.", "Post aggregates, and keep single predictions in artifacts of the run.");

    public static Refusal MediaType(string? type) => new(RefusalKind.Invalid, "unknown-media-type", $"Content-Type is '{type}'.",
        $"Send application/json for a statement, or {Contracts.Evidence.DsseEnvelope.MediaType} for a signed envelope.", "Content-Type");

    public static Refusal NoEnvelope(string why) => new(RefusalKind.Invalid, "malformed-envelope", $"The body is no DSSE envelope: {why}.", "Send payloadType, payload (base64) and signatures.");

    public static Refusal ForeignKey(Principal who, int keys) => new(RefusalKind.Forbidden, "foreign-key",
        keys == 0 ? $"No key is registered for '{who}', so an envelope signed elsewhere cannot be believed." : $"None of the {keys} keys registered for '{who}' signed this envelope.",
        "Send the bare statement as application/json: the server signs it for you. Producers with keys of their own are registered in the access policy.", "signatures");

    public static Refusal Kind(string kind, Principal who, string? rules) => new(RefusalKind.Forbidden, "wrong-kind-of-principal",
        kind == "review" ? $"A review comes from a person; '{who}' is none." : $"Evidence of kind '{kind}' is measured by workloads; '{who}' is none.",
        kind == "review" ? "Let a person review." : rules ?? "Measure in CI, with its own identity.", "$.predicate.kind");

    public static Refusal Unknown(string digest) => new(RefusalKind.NotFound, "no-such-evidence", $"There is no evidence {digest}.", "List a version's evidence with GET /api/assay/v1/models/MODEL/versions/VERSION/evidence.", "digest");
}
