using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Ledger;

namespace Assay.Cli.Verbs;

/// <summary>Writes the whole ledger into one file that verifies without a registry.</summary>
internal static class LedgerExportVerb
{
    public static Verb Build()
    {
        var output = new Option<string>("--output", "-o") { Description = "Where to write; the file appears whole or not at all.", HelpName = "FILE", Required = true };
        var from = new Option<long>("--from") { Description = "Begin at this entry; those before stand as a few hashes.", HelpName = "N" };
        var trust = TrustChoice.Option();
        return new Verb("export", "Writes the ledger into one file: its name, keys and signed head on the first line, then each entry's bytes on a line. Verifies it on the way; exit 1 with every finding, and no file.",
            "assay ledger export -o ledger.jsonl",
            "assay ledger export -o since-november.jsonl --from 120000")
        { output, from, trust }.Runs(async (call, ct) =>
        {
            if (call.Get(from) < 0)
                throw new WrongUseException($"--from {call.Get(from)} is no entry.", "Give the number of an entry, from 0.", "from");
            var ledger = await ServerLedger.Open(call.Api, ct);
            if (TrustChoice.Of(call, ledger, call.Get(trust)) is not { } trusted)
                return ExitCode.Negative;
            var file = call.Require(output);
            var report = await Written(await ledger.StartingAt(call.Get(from), ct), trusted, file, ct);
            call.Out.Document(new JsonObject
            {
                ["ok"] = report.Findings.Count == 0,
                ["file"] = report.Findings.Count == 0 ? Path.GetFullPath(file) : null,
                ["origin"] = report.Origin,
                ["from"] = report.From,
                ["size"] = report.Size,
                ["root"] = report.Root,
                ["findings"] = new JsonArray([.. report.Findings.Select(f => JsonValue.Create(f))]),
            });
            foreach (var finding in report.Findings)
                call.Out.Line($"FINDING  {finding}");
            call.Out.Line(report.Findings.Count == 0 ? $"Entries {report.From} to {report.Size - 1} of {report.Origin} are in {file}. Personal texts are not: they stand beside the ledger." : "Nothing was written: what the registry handed out is not what it signed.");
            return report.Findings.Count == 0 ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static async Task<LedgerAuditReport> Written(ServerLedger ledger, Client.Verification.Trust trust, string file, CancellationToken ct)
    {
        try
        {
            return await LedgerExport.Write(ledger, trust, file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{file} cannot be written: {e.Message}", "Give a file in a folder that exists.", "output");
        }
    }
}
