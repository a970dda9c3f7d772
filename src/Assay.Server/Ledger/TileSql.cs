using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>A stored tile: as many hashes as it has by now, 32 bytes each.</summary>
sealed record StoredTile(int Level, long Index, byte[] Hashes);

static class TileSql
{
    public const string Put = """
        INSERT INTO ledger_tile (level, position, hashes) SELECT r.level, r.position, r.hashes FROM {rows}
        WHERE TRUE ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes
        """;

    public const string Clear = "DELETE FROM ledger_tile";

    public static readonly Query<byte[]> One = new("SELECT hashes FROM ledger_tile WHERE level = @level AND position = @position", r => r.Bytes(0));

    public static readonly Query<(long Level, long Count, long Last)> Counts = new("SELECT level, COUNT(*), MAX(position) FROM ledger_tile GROUP BY level ORDER BY level",
        r => (r.Int(0), r.Int(1), r.Int(2)));

    public static readonly Query<byte[]> Leaves = new("SELECT leaf FROM ledger_entry WHERE seq IS NOT NULL ORDER BY seq", r => r.Bytes(0));

    public static readonly Query<byte[]> Bodies = new("SELECT body FROM ledger_entry WHERE seq >= @from AND seq < @to ORDER BY seq", r => r.Bytes(0));

    public static Rows RowsOf(IReadOnlyList<StoredTile> tiles) => new(tiles.Count, ("level", tiles.Select(t => (long)t.Level).ToArray()),
        ("position", tiles.Select(t => t.Index).ToArray()), ("hashes", tiles.Select(t => t.Hashes).ToArray()));
}
