using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Ledger;

namespace Assay.Cli.Verbs;

/// <summary>Recomputes the whole ledger: of a registry, or of a file without asking anybody.</summary>
internal static class LedgerVerifyVerb
{
    public static Verb Build()
    {
        var since = new Option<string?>("--since") { Description = "A checkpoint kept elsewhere (assay ledger checkpoint, or a witness's latest) that must be a prefix of the ledger.", HelpName = "FILE" };
        var offline = new Option<string?>("--offline") { Description = "Verify this exported ledger (assay ledger export) and ask no registry.", HelpName = "FILE" };
        var trust = TrustChoice.Option();
        return new Verb("verify", "Recomputes the whole tree here from the entries and compares it with the signed head; a registry is also asked to check all that it has stored. Exit 1 with every finding.",
            "assay ledger verify",
            "assay ledger verify --since kept/2026-11-01",
            "assay ledger verify --offline ledger.jsonl --trust registry-keys.json")
        { since, offline, trust }.Runs(async (call, ct) =>
        {
            var older = call.Get(since) is { } file ? await Arguments.ReadFile(file, "checkpoint", ct) : null;
            return call.Get(offline) is { } exported ? await Offline(call, exported, call.Get(trust), older, ct) : await Online(call, call.Get(trust), older, ct);
        });
    }

    static async Task<int> Offline(Call call, string file, string? trust, string? older, CancellationToken ct)
    {
        try
        {
            await using var ledger = await ExportedLedger.Open(file, ct);
            var report = await LedgerAudit.Run(ledger, TrustChoice.Offline(ledger, trust), older, null, ct);
            return Tell(call, report, older is not null, null, "What was recorded after this file was written, and entries that never reached the registry, cannot be seen in it.");
        }
        catch (FormatException e)
        {
            call.Out.Problem(e.Message);
            call.Out.Document(new JsonObject { ["ok"] = false, ["findings"] = new JsonArray(e.Message) });
            return ExitCode.Negative;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"The ledger {file} cannot be read: {e.Message}", "Give a file that assay ledger export wrote.", "offline");
        }
    }

    static async Task<int> Online(Call call, string? trust, string? older, CancellationToken ct)
    {
        var ledger = await ServerLedger.Open(call.Api, ct);
        if (TrustChoice.Of(call, ledger, trust) is not { } trusted)
            return ExitCode.Negative;
        // Both at once: the server's snapshot is taken after the head that is checked here was handed out, so it has all that this one has.
        var asking = call.Api.Post("ledger/verification", null, ct);
        var here = await LedgerAudit.Run(ledger, trusted, older, null, ct);
        var there = await asking;
        List<string> findings = [.. here.Findings, .. there.Texts("findings").Select(f => $"server: {f}")];
        // Between the two looks entries may have been added, so sizes may differ; roots of what both saw may not.
        if (there.Whole("size") < here.Size)
            findings.Add($"server: counts {there.Whole("size")} entries, fewer than the {here.Size} that it handed out");
        return Tell(call, here with { Findings = findings }, older is not null, there.Whole("pending"), there.Text("limits") ?? "");
    }

    static int Tell(Call call, LedgerAuditReport report, bool compared, long? pending, string limits)
    {
        var findings = report.Findings;
        call.Out.Document(new JsonObject
        {
            ["ok"] = findings.Count == 0,
            ["origin"] = report.Origin,
            ["from"] = report.From,
            ["size"] = report.Size,
            ["root"] = report.Root,
            ["signed_at"] = report.Time is { } at ? $"{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}" : null,
            ["pending"] = pending,
            ["findings"] = new JsonArray([.. findings.Select(f => JsonValue.Create(f))]),
            ["limits"] = limits,
        });
        foreach (var finding in findings)
            call.Out.Line($"FINDING  {finding}");
        call.Out.Line(findings.Count == 0
            ? $"The ledger {report.Origin} is whole: {report.Size} entries give the signed root {report.Root}{(report.From > 0 ? $", the first {report.From} as hashes only" : "")}{(compared ? ", and the checkpoint kept elsewhere is a prefix of it" : "")}.{(pending is null ? "" : $" {pending} wait for a number.")}"
            : $"{findings.Count} findings in {report.Size} entries.");
        call.Out.Line(limits);
        return findings.Count == 0 ? ExitCode.Done : ExitCode.Negative;
    }
}
