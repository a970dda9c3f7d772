using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;
using Assay.Client.Api;
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
        var what = new Argument<string>("what") { Description = "The evidence's digest, or a file that assay evidence show --json wrote.", HelpName = "DIGEST|FILE" };
        var trust = TrustChoice.Option();
        return new Verb("verify", "Checks one piece of evidence: signature, digest, what it is about, and its schema. A file is checked without asking anybody. Exit 1 when anything is wrong.",
            "assay evidence verify sha256:77ab…",
            "assay evidence verify heldout.json --trust registry-keys.json")
        { what, trust }.Runs(async (call, ct) =>
        {
            var named = call.Require(what);
            var onDisk = File.Exists(named);
            var answer = onDisk ? await Kept(named, ct) : await call.Api.Get(ApiPath.Of("evidence", named), ct);
            var keys = TrustChoice.Given(call.Get(trust)) is { } given ? given.Keys
                : onDisk ? throw new WrongUseException("Nothing says whose keys are to be believed, and a file cannot vouch for itself.", "Give --trust FILE with the registry's public keys; GET /api/assay/v1/keys shows them.", "trust")
                : [.. (await call.Api.Get("keys", ct)).Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>()];
            var problems = EvidenceCheck.Problems(answer, keys);
            call.Out.Document(new JsonObject { ["ok"] = problems.Count == 0, ["digest"] = answer.Text("digest"), ["findings"] = new JsonArray([.. problems.Select(p => JsonValue.Create(p))]) });
            foreach (var problem in problems)
                call.Out.Line(problem);
            if (problems.Count == 0)
                call.Out.Line($"The {answer.Text("kind")} evidence {Words.Short(answer.Text("digest"))} is whole, signed, and about {answer.Text("model")}@{answer.Text("subject")}.");
            return problems.Count == 0 ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static async Task<JsonNode> Kept(string file, CancellationToken ct)
    {
        try
        {
            return JsonNode.Parse(await Arguments.ReadFile(file, "evidence", ct)) as JsonObject ?? throw new JsonException("it is no JSON object");
        }
        catch (JsonException e)
        {
            throw new WrongUseException($"{file} is no evidence: {e.Message}", "Give a file that assay evidence show DIGEST --json wrote.", "what");
        }
    }

    static Argument<string> Piece() => new("digest") { Description = "The evidence's digest.", HelpName = "DIGEST" };
}
