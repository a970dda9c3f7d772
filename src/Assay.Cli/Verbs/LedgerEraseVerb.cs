using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Erases personal text that stands beside the ledger; every entry stays.</summary>
internal static class LedgerEraseVerb
{
    public static Verb Build()
    {
        var what = new Argument<string>("what") { Description = "An entry (its id), all of whose texts go, or one text by its hash.", HelpName = "ENTRY|HASH" };
        var reason = Arguments.Reason();
        return new Verb("erase", "Erases comments and reasons that stand beside the ledger under their hash. The entries stay and the ledger verifies as before; the erasure is an entry itself. Needs the operator role.",
            "assay ledger erase 01JE… --reason \"asked for by the author\"")
        { what, reason }.Runs(async (call, ct) =>
        {
            var named = call.Require(what);
            var hash = named.StartsWith("sha256:", StringComparison.Ordinal) ? named["sha256:".Length..] : named;
            var isHash = hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);
            var answer = await call.Api.Post("ledger/erasures", new JsonObject { [isHash ? "text" : "entry"] = isHash ? hash : named, ["reason"] = call.Require(reason) }, ct);
            call.Out.Document(answer);
            call.Out.Line($"Erased {answer.Texts("texts").Count} texts; entry {answer.Text("entry")} says so.");
            return ExitCode.Done;
        });
    }
}
