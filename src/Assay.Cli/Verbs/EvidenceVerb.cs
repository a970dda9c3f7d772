using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Cli.Verbs;

/// <summary>Looks at what was measured.</summary>
internal static class EvidenceVerb
{
    public static Verb Build() => new Verb("evidence", "Looks at the signed measurements of a version.") { List(), Show(), Verify() };

    static Verb List()
    {
        var version = Arguments.Version();
        return new Verb("list", "Lists the evidence about a version, newest first.", "assay evidence list fraud/3") { version }.Runs(async (call, ct) =>
        {
            var (model, key) = await call.Resolve(call.Require(version), ct);
            var answer = await call.Api.Get(ApiPath.Of("models", model, "versions", key, "evidence"), ct);
            call.Out.Document(answer);
            var pieces = answer.Maps("evidence");
            call.Out.Line(pieces.Count == 0 ? "Nobody measured it yet: assay evaluate VERSION --suite FILE." : Words.Columns(pieces.Select(e => (IReadOnlyList<string>)
                [Words.Short(e.Text("digest")), e.Text("kind") ?? "", e.Text("recorded_at") ?? "", $"{e.Text("by")}{(e.Truth("verified") ? "" : " (unverified)")}", e["withdrawn"] is null ? "" : "WITHDRAWN", e.Text("summary") ?? ""])));
            return ExitCode.Done;
        });
    }

    static Verb Show()
    {
        var digest = Piece();
        return new Verb("show", "Prints one piece of evidence: the in-toto statement.", "assay evidence show sha256:77ab… --json") { digest }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get(ApiPath.Of("evidence", call.Require(digest)), ct);
            call.Out.Document(answer);
            call.Out.Line($"{answer.Text("kind")} of {answer.Text("model")}@{answer.Text("subject")}, by {answer.Text("by")}{(answer.Truth("verified") ? "" : " (unverified)")} at {answer.Text("recorded_at")}");
            call.Out.Line(answer.Text("summary") ?? "");
            call.Out.Line(answer["statement"]?.ToJsonString(new() { WriteIndented = true }) ?? "");
            return ExitCode.Done;
        });
    }

    static Verb Verify()
    {
        var digest = Piece();
        return new Verb("verify", "Checks the signature of one piece of evidence, its digest, and what it is about. Exit 1 when anything is wrong.", "assay evidence verify sha256:77ab…") { digest }.Runs(async (call, ct) =>
        {
            var answer = await call.Api.Get(ApiPath.Of("evidence", call.Require(digest)), ct);
            var keys = (await call.Api.Get("keys", ct)).Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>().ToList();
            var problems = Problems(answer, keys).ToList();
            call.Out.Document(new JsonObject { ["ok"] = problems.Count == 0, ["digest"] = answer.Text("digest"), ["findings"] = new JsonArray([.. problems.Select(p => JsonValue.Create(p))]) });
            foreach (var problem in problems)
                call.Out.Line(problem);
            if (problems.Count == 0)
                call.Out.Line($"The {answer.Text("kind")} evidence {Words.Short(answer.Text("digest"))} is whole, signed, and about {answer.Text("model")}@{answer.Text("subject")}.");
            return problems.Count == 0 ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static IEnumerable<string> Problems(JsonNode answer, List<VerificationKey> keys)
    {
        if (DsseEnvelope.Read(answer["envelope"]) is not { } envelope)
            return ["there is no envelope"];
        byte[] payload;
        try
        {
            payload = envelope.PayloadBytes();
        }
        catch (FormatException)
        {
            return ["the envelope's payload is no base64"];
        }
        List<string> problems = [];
        if (Digest.Of(payload).ToString() != answer.Text("digest"))
            problems.Add($"the payload's sha256 is {Digest.Of(payload)}, not {answer.Text("digest")}");
        // A producer's own key is not the registry's: then the registry's receipt must vouch for it.
        if (envelope.SignedBy(keys) is null && DsseEnvelope.Read(answer["counter_signed"])?.SignedBy(keys) is null)
            problems.Add("neither the statement nor its receipt is signed by a key of this registry");
        if (JsonNode.Parse(payload) is not JsonObject statement || !Statement.Subjects(statement).Any(s => s.ToString() == answer.Text("subject")))
            problems.Add("the statement is about another version");
        return problems;
    }

    static Argument<string> Piece() => new("digest") { Description = "The evidence's digest.", HelpName = "DIGEST" };
}
