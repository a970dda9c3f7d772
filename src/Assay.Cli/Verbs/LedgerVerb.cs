using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Ledger;

namespace Assay.Cli.Verbs;

/// <summary>Looks into the ledger and verifies it.</summary>
internal static class LedgerVerb
{
    public static Verb Build() => new Verb("ledger", "The append-only record of everything that was done or refused.") { Verify(), Show() };

    static Verb Verify()
    {
        var since = new Option<string?>("--since") { Description = "An older signed head (GET /api/assay/v1/ledger/checkpoint) that must be a prefix of the ledger.", HelpName = "FILE" };
        return new Verb("verify", "Recomputes the whole tree here from the entries, compares it with the signed head, and asks the server to check all that it has stored. Exit 1 with every finding.",
            "assay ledger verify",
            "assay ledger verify --since checkpoints/2026-11-01")
        { since }.Runs(async (call, ct) =>
        {
            var older = call.Get(since) is { } file ? await Arguments.ReadFile(file, "checkpoint", ct) : null;
            var here = await new LedgerAudit(call.Api).Run(older, ct);
            var there = await call.Api.Post("ledger/verification", null, ct);
            List<string> findings = [.. here.Findings, .. there.Texts("findings").Select(f => $"server: {f}")];
            // Between the two looks entries may have been added, so sizes may differ; roots of what both saw may not.
            if (there.Whole("size") < here.Size)
                findings.Add($"server: counts {there.Whole("size")} entries, fewer than the {here.Size} that it handed out");
            call.Out.Document(new JsonObject
            {
                ["ok"] = findings.Count == 0,
                ["origin"] = here.Origin,
                ["size"] = here.Size,
                ["root"] = here.Root,
                ["pending"] = there.Whole("pending"),
                ["findings"] = new JsonArray([.. findings.Select(f => JsonValue.Create(f))]),
                ["limits"] = there.Text("limits"),
            });
            foreach (var finding in findings)
                call.Out.Line($"FINDING  {finding}");
            call.Out.Line(findings.Count == 0 ? $"The ledger {here.Origin} is whole: {here.Size} entries give the signed root {here.Root}{(older is null ? "" : ", and the older head is a prefix of it")}. {there.Whole("pending") ?? 0} wait for a number." : $"{findings.Count} findings in {here.Size} entries.");
            call.Out.Line(there.Text("limits") ?? "");
            return findings.Count == 0 ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static Verb Show()
    {
        var id = new Argument<string?>("id") { Description = "One entry by its id; else the newest.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        var from = new Option<long?>("--from") { Description = "From this number on, instead of the newest.", HelpName = "N" };
        var limit = new Option<int>("--limit", "-n") { Description = "How many, 1 to 1000.", DefaultValueFactory = _ => 20, HelpName = "N" };
        return new Verb("show", "Prints entries of the ledger.", "assay ledger show -n 50", "assay ledger show 01JE… --json") { id, from, limit }.Runs(async (call, ct) =>
        {
            var answer = call.Get(id) is { } one ? await call.Api.Get(ApiPath.Of("ledger", "entries", one), ct) : await Newest(call, call.Get(from), call.Get(limit), ct);
            call.Out.Document(answer);
            IReadOnlyList<JsonObject> lines = answer.Map("entry") is not null ? [(JsonObject)answer] : answer.Maps("entries");
            call.Out.Line(Words.Columns(lines.Select(Row)));
            if (call.Get(id) is not null)
                call.Out.Line(answer.Map("entry")?.ToJsonString(new() { WriteIndented = true }) ?? "");
            return ExitCode.Done;
        });
    }

    static async Task<JsonNode> Newest(Call call, long? from, int limit, CancellationToken ct)
    {
        from ??= Math.Max(0, (long.TryParse((await call.Api.GetText("ledger/checkpoint", ct)).Split('\n').ElementAtOrDefault(1), out var size) ? size : 0) - limit);
        return await call.Api.Get("ledger/entries".With(("from", $"{from}"), ("limit", $"{limit}")), ct);
    }

    static IReadOnlyList<string> Row(JsonObject line)
    {
        var entry = line.Map("entry");
        var actor = entry.Map("actor");
        var subject = entry.Map("subject");
        return [line.Whole("seq")?.ToString() ?? "–", entry.Text("time") ?? "", entry.Text("action") ?? "", entry.Text("outcome") == "refused" ? "REFUSED" : "",
            $"{(actor.Text("kind") == actor.Text("id") ? "" : $"{actor.Text("kind")}:")}{actor.Text("id")}{(actor.Truth("verified") ? "" : " (unverified)")}", subject.Text("model") ?? subject.Text("run_id") ?? "", subject.Text("digest") is { } digest ? Words.Short(digest) : "", subject.Text("environment") ?? ""];
    }
}
