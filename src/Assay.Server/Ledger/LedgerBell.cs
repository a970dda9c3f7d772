using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Tells the sequencer that there is something to number.</summary>
public sealed class LedgerBell : Bell;
