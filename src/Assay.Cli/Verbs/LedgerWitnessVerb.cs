using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Ledger;
using Assay.Contracts.Documents;

namespace Assay.Cli.Verbs;

/// <summary>Remembers heads elsewhere and refuses those that contradict what it remembers.</summary>
internal static class LedgerWitnessVerb
{
    public static Verb Build()
    {
        var keep = new Option<string>("--keep") { Description = "The witness's folder: its key, the last cosigned head, the history.", HelpName = "DIR", Required = true };
        var once = new Option<bool>("--once") { Description = "Look once and end (for cron). This is the default." };
        var every = new Option<string?>("--every") { Description = "Look again and again, such as 1m, until a head contradicts.", HelpName = "TIME" };
        var name = new Option<string?>("--name") { Description = "The name of its cosignatures, such as witness.example/assay; no spaces, no plus sign.", HelpName = "NAME" };
        var trust = TrustChoice.Option();
        return new Verb("witness", "Fetches the newest head, proves that all heads seen before are prefixes of it, cosigns it (c2sp.org/tlog-cosignature) and keeps it. Exit 1 when history was rewritten or entries were removed; both heads are then kept as proof.",
            "assay ledger witness --keep /var/lib/assay-witness --every 1m",
            "assay ledger witness --keep ./witness --once")
        { keep, once, every, name, trust }.Runs(async (call, ct) =>
        {
            var interval = Interval(call.Get(every), call.Get(once));
            if (call.Get(name) is { } given && (given.Length == 0 || given.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+')))
                throw new WrongUseException($"'{given}' cannot be the name of a witness.", "Give a name without spaces and plus signs, such as witness.example/assay.", "name");
            using var folder = Opened(call.Require(keep), call.Get(name));
            while (true)
            {
                var code = await Look(call, folder, call.Get(trust), interval is not null, ct);
                if (interval is null || code != ExitCode.Done)
                    return code;
                await Task.Delay(interval.Value, ct);
            }
        });
    }

    static TimeSpan? Interval(string? every, bool once)
    {
        if (every is null)
            return null;
        if (once)
            throw new WrongUseException("--once and --every contradict each other.", "Give one of them.", "every");
        return Durations.TryParse(every, out var time) && time > TimeSpan.Zero ? time : throw new WrongUseException($"--every {every} is no time.", "Write it like 30s, 1m or 1h.", "every");
    }

    static WitnessFolder Opened(string folder, string? name)
    {
        try
        {
            return WitnessFolder.Open(folder, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new WrongUseException($"The witness's folder {folder} cannot be used: {e.Message}", "Give a folder that can be written; its key is 32 bytes in base64.", "keep");
        }
    }

    static async Task<int> Look(Call call, WitnessFolder folder, string? trustFile, bool patient, CancellationToken ct)
    {
        try
        {
            var ledger = await ServerLedger.Open(call.Api, ct);
            // The folder is its own pin: a witness believes whom it believed at its first look.
            var trusted = trustFile is null && folder.Trusted is { } before ? before : TrustChoice.Of(call, ledger, trustFile);
            if (trusted is null)
                return ExitCode.Negative;
            folder.Believe(trusted);
            var seen = await HeadComparison.Of(call.Api, ledger, trusted, folder.Latest, ct);
            return Tell(call, folder, seen);
        }
        catch (Exception e) when (patient && e is ApiUnreachableException or ApiRefusalException)
        {
            call.Out.Note($"{TimeProvider.System.GetUtcNow():u}  {e.Message}");
            return ExitCode.Done;
        }
    }

    static int Tell(Call call, WitnessFolder folder, HeadComparison seen)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (seen.Contradiction is { } wrong)
        {
            var proof = folder.Accuse(seen, now);
            call.Out.Document(new JsonObject { ["ok"] = false, ["contradiction"] = wrong, ["proof"] = proof });
            call.Out.Line($"CONTRADICTION  {wrong}. Both heads are in {proof}; the kept one stays.");
            return ExitCode.Negative;
        }
        var news = seen.Kept is null || seen.Kept.Size != seen.Head!.Size;
        if (news)
            folder.Remember(seen, now);
        call.Out.Document(new JsonObject { ["ok"] = true, ["origin"] = seen.Head!.Origin, ["size"] = seen.Head.Size, ["kept_size"] = seen.Kept?.Size, ["witness"] = folder.VerifierKey });
        call.Out.Line($"{now:u}  {seen.Head.Size} entries of {seen.Head.Origin}{(seen.Kept is null ? ", the first head that is kept" : news ? $", consistent with the {seen.Kept.Size} kept before" : ", as before")}. Witness {folder.VerifierKey}");
        return ExitCode.Done;
    }
}
