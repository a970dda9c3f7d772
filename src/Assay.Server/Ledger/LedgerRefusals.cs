using Assay.Contracts;
using Assay.Contracts.Ledger;

namespace Assay.Server.Ledger;

/// <summary>All that this room can refuse.</summary>
internal static class LedgerRefusals
{
    public static Refusal Empty() => new(RefusalKind.NotFound, "ledger-empty", "The ledger has no signed head yet: nothing was recorded.", "Try again after the first write; a head follows within 200 ms.");

    public static Refusal Unknown(string id) => new(RefusalKind.NotFound, "no-such-entry", $"The ledger has no entry '{id}'.", "List entries with GET /api/assay/v1/ledger/entries.", "id");

    public static Refusal Page(long from, int limit, int most) => new(RefusalKind.Invalid, "bad-page", $"from={from}&limit={limit} is no page.", $"Give from ≥ 0 and limit from 1 to {most}.", from < 0 ? "from" : "limit");

    public static Refusal Range(long from, long size, long newest) => new(RefusalKind.Invalid, "bad-range", $"There is no proof from {from} to {size}: the newest head has {newest} entries.", "Give numbers within a signed head.", "size");

    public static Refusal NoTilePath(string path) => new(RefusalKind.NotFound, "no-such-tile", $"'{path}' is no path of a tile.",
        "Write LEVEL/INDEX or entries/INDEX with the index in groups of three digits, such as 0/x001/x234/067, and .p/WIDTH behind a partial one (c2sp.org/tlog-tiles).", "path");

    public static Refusal NoTile(Tile tile, long size) => new(RefusalKind.NotFound, "no-such-tile", $"There is no {tile.Path} under the newest head, which has {size} entries.",
        "Ask for the checkpoint first: its size says which tiles there are.", "path");

    public static Refusal TooLargeForBundle(long seq, int bytes) => new(RefusalKind.Conflict, "entry-too-large", $"Entry {seq} has {bytes} bytes, more than a bundle's two-byte length can say.",
        $"Read it with GET /api/assay/v1/ledger/entries?from={seq}&limit=1.", "path");

    public static Refusal WhatToErase() => new(RefusalKind.Invalid, "missing-field", "Say what to erase: the texts of an entry, or one text.", "Give entry (an id) or text (a hash of 64 hex digits), not both.", "entry");

    public static Refusal WhyErase() => new(RefusalKind.Invalid, "missing-field", "An erasure needs a reason: it stands in the ledger.", "Give reason.", "reason");

    public static Refusal NoText(string what) => new(RefusalKind.NotFound, "no-such-text", $"No text stands beside the ledger for {what}.", "assay ledger show ENTRY shows an entry with its texts; one of them is named by its text_sha256.", "text");

    public static Refusal Gone(string what) => new(RefusalKind.Conflict, "text-erased", $"The text for {what} was erased before.", "Nothing is left to erase.", "text");
}
