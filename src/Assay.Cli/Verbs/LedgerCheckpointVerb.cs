using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Ledger;

namespace Assay.Cli.Verbs;

/// <summary>Keeps the newest signed head, after comparing it with the one that was kept before.</summary>
internal static class LedgerCheckpointVerb
{
    public static Verb Build()
    {
        var output = new Option<string>("--output", "-o") { Description = "Where to keep it. A head that is there must be a prefix of the newest, or the file stays and the exit code is 1.", HelpName = "FILE", Required = true };
        var trust = TrustChoice.Option();
        return new Verb("checkpoint", "Keeps the newest signed head in a file, for --since: on a machine that the registry's operator does not run.",
            "assay ledger checkpoint -o kept/$(date +%F)",
            "assay ledger checkpoint -o kept/newest")
        { output, trust }.Runs(async (call, ct) =>
        {
            var ledger = await ServerLedger.Open(call.Api, ct);
            if (TrustChoice.Of(call, ledger, call.Get(trust)) is not { } trusted)
                return ExitCode.Negative;
            var file = call.Require(output);
            var kept = File.Exists(file) ? await Arguments.ReadFile(file, "checkpoint", ct) : null;
            var seen = await HeadComparison.Of(call.Api, ledger, trusted, kept, ct);
            if (seen.Contradiction is null)
                await Put(file, seen.Note, ct);
            call.Out.Document(new JsonObject { ["ok"] = seen.Contradiction is null, ["origin"] = trusted.Origin, ["size"] = seen.Head?.Size, ["kept_size"] = seen.Kept?.Size, ["contradiction"] = seen.Contradiction });
            call.Out.Line(seen.Contradiction is { } wrong ? $"CONTRADICTION  {wrong}. {file} was left as it is." : $"Kept the head of {seen.Head!.Size} entries of {trusted.Origin} in {file}{(seen.Kept is { } before ? $"; the {before.Size} entries kept before are a prefix of them" : "")}.");
            return seen.Contradiction is null ? ExitCode.Done : ExitCode.Negative;
        });
    }

    static async Task Put(string file, string note, CancellationToken ct)
    {
        var beside = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            await File.WriteAllTextAsync(beside, note, ct);
            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongUseException($"{file} cannot be written: {e.Message}", "Give a file in a folder that exists.", "output");
        }
    }
}
