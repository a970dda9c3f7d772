using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Looks into the ledger, verifies it, keeps it elsewhere and watches it.</summary>
internal static class LedgerVerb
{
    public static Verb Build() => new Verb("ledger", "The append-only record of everything that was done or refused.")
    {
        LedgerVerifyVerb.Build(), LedgerShowVerb.Build(), LedgerExportVerb.Build(), LedgerCheckpointVerb.Build(), LedgerWitnessVerb.Build(), LedgerEraseVerb.Build(),
    };
}
