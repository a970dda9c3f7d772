using System.Text;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Ledger;

/// <summary>Somebody has the database: whatever single thing they change, verification names it.</summary>
public sealed class Tampering(Servers servers)
{
    const int Entries = 600;   // two full tiles and a partial one

    static readonly Gen<int> Any = Gen.Int[0, int.MaxValue - 1];

    [Theory, BothEngines]
    public async Task Any_flipped_bit_dropped_swapped_forged_or_added_row_is_found(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, Entries);
        await ledger.Remember();
        (await ledger.IsWhole()).ShouldBeTrue((await ledger.Report()).ToJsonString());
        await Gen.Select(Gen.Int[0, Harms.Length - 1], Any, Any).SampleAsync(async (which, a, b) =>
        {
            var (name, harm) = Harms[which];
            await ledger.Store.Do(tx => harm(tx, a, b), default);
            var report = await ledger.Report();
            await ledger.Rewind();
            ((bool)report["ok"]!).ShouldBeFalse($"{name} with {a}, {b}");
            report["findings"]!.AsArray().Count.ShouldBeGreaterThan(0);
        }, iter: 60, threads: 1);
        (await ledger.IsWhole()).ShouldBeTrue("the last harm is undone again");
    }

    [Theory, BothEngines]
    public async Task Each_kind_of_harm_is_found(Engine engine)
    {
        var ledger = await FilledLedger.Of(servers, engine, 300);
        await ledger.Remember();
        foreach (var (name, harm) in Harms)
        {
            await ledger.Store.Do(tx => harm(tx, 123_456_789, 77), default);
            var report = await ledger.Report();
            await ledger.Rewind();
            ((bool)report["ok"]!).ShouldBeFalse(name);
        }
    }

    static readonly (string Name, Func<Tx, int, int, Task> Do)[] Harms =
    [
        ("a bit of an entry", (tx, a, b) => Flip(tx, "ledger_entry", "body", "seq", a % 300, b)),
        ("a bit of a leaf hash", (tx, a, b) => Flip(tx, "ledger_entry", "leaf", "seq", a % 300, b)),
        ("a bit of the first tile", (tx, _, b) => Flip(tx, "ledger_tile", "hashes", "level = 0 AND position", 0, b)),
        ("a bit of the partial tile", (tx, _, b) => Flip(tx, "ledger_tile", "hashes", "level = 0 AND position", 1, b)),
        ("a bit of the upper tile", (tx, _, b) => Flip(tx, "ledger_tile", "hashes", "level = 1 AND position", 0, b)),
        ("a letter of a column", (tx, a, b) => tx.Execute($"UPDATE ledger_entry SET {new[] { "action", "outcome", "actor", "model", "run_id", "environment" }[b % 6]} = 'x' WHERE seq = @seq", ("seq", (long)(a % 300)))),
        ("the time of an entry", (tx, a, b) => tx.Execute("UPDATE ledger_entry SET at_ms = at_ms + @by WHERE seq = @seq", ("by", 1L + b), ("seq", (long)(a % 300)))),
        ("an entry dropped", (tx, a, _) => tx.Execute("DELETE FROM ledger_entry WHERE seq = @seq", ("seq", (long)(a % 300)))),
        ("an entry without its number", (tx, a, _) => tx.Execute("UPDATE ledger_entry SET seq = NULL, leaf = NULL WHERE seq = @seq", ("seq", (long)(a % 300)))),
        ("two entries swapped", async (tx, a, b) =>
        {
            var (one, two) = (a % 300, (a + 1 + (b % 298)) % 300);
            await tx.Execute("UPDATE ledger_entry SET seq = -7 WHERE seq = @seq", ("seq", (long)one));
            await tx.Execute("UPDATE ledger_entry SET seq = @to WHERE seq = @seq", ("to", (long)one), ("seq", (long)two));
            await tx.Execute("UPDATE ledger_entry SET seq = @to WHERE seq = -7", ("to", (long)two));
        }),
        ("an entry forged with its leaf and its tile", Forge),
        ("an entry added with its leaf", async (tx, _, _) => await tx.Execute("""
            INSERT INTO ledger_entry (id, body, at_ms, action, outcome, actor, model, run_id, environment, seq, leaf)
            SELECT 'forged', body, at_ms, action, outcome, actor, model, run_id, environment, (SELECT MAX(seq) + 1 FROM ledger_entry), leaf FROM ledger_entry WHERE seq = 5
            """)),
        ("the newest entry dropped with its head", async (tx, _, _) =>
        {
            await tx.Execute("DELETE FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)");
            await tx.Execute("DELETE FROM ledger_head");
        }),
        ("a tile dropped", (tx, _, _) => tx.Execute("DELETE FROM ledger_tile WHERE level = 1")),
        ("a tile added", (tx, _, b) => tx.Execute("INSERT INTO ledger_tile (level, position, hashes) SELECT 2, @at, leaf FROM ledger_entry WHERE seq = 5", ("at", (long)(b % 9)))),
        ("a bit of a head's root", (tx, _, b) => Flip(tx, "ledger_head", "root", "size > 0 AND 0", 0, b)),
        ("a letter of a head", async (tx, _, b) =>
        {
            var note = (await tx.First(new Query<string>("SELECT note FROM ledger_head ORDER BY size DESC LIMIT 1", r => r.Text(0))))!;
            var at = b % note.Length;
            await tx.Execute("UPDATE ledger_head SET note = @note", ("note", note[..at] + (note[at] == 'x' ? 'y' : 'x') + note[(at + 1)..]));
        }),
        ("the heads dropped", (tx, _, _) => tx.Execute("DELETE FROM ledger_head")),
        ("a text altered", (tx, _, _) => tx.Execute("UPDATE ledger_text SET words = 'other words' WHERE hash = (SELECT MIN(hash) FROM ledger_text)")),
        ("a text dropped", (tx, _, _) => tx.Execute("DELETE FROM ledger_text WHERE hash = (SELECT MAX(hash) FROM ledger_text)")),
        ("a text erased by nobody", (tx, _, _) => tx.Execute("UPDATE ledger_text SET words = NULL, salt = NULL, erased = (SELECT id FROM ledger_entry WHERE seq = 3) WHERE hash = (SELECT MAX(hash) FROM ledger_text)")),
    ];

    /// <summary>Other words under the same number, with every derived thing made to fit: leaf hash and tile. Only the signed root cannot be.</summary>
    static async Task Forge(Tx tx, int a, int b)
    {
        var seq = (long)(a % 256);
        var body = (await tx.First(new Query<byte[]>("SELECT body FROM ledger_entry WHERE seq = @seq", r => r.Bytes(0)), ("seq", seq)))!;
        body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("\"n\":", $"\"n\":{1 + (b % 9)}", StringComparison.Ordinal));
        var leaf = MerkleTree.Leaf(body);
        await tx.Execute("UPDATE ledger_entry SET body = @body, leaf = @leaf WHERE seq = @seq", ("body", body), ("leaf", leaf), ("seq", seq));
        var tile = (await tx.First(new Query<byte[]>("SELECT hashes FROM ledger_tile WHERE level = 0 AND position = 0", r => r.Bytes(0))))!;
        leaf.CopyTo(tile, (int)seq * 32);
        await tx.Execute("UPDATE ledger_tile SET hashes = @hashes WHERE level = 0 AND position = 0", ("hashes", tile));
        if (tile.Length == 8192)
            await tx.Execute("UPDATE ledger_tile SET hashes = @hashes WHERE level = 1 AND position = 0", ("hashes", await Upper(tx, tile)));
    }

    static async Task<byte[]> Upper(Tx tx, byte[] tile)
    {
        var upper = (await tx.First(new Query<byte[]>("SELECT hashes FROM ledger_tile WHERE level = 1 AND position = 0", r => r.Bytes(0))))!;
        MerkleTree.Root(tile).CopyTo(upper, 0);
        return upper;
    }

    static async Task Flip(Tx tx, string table, string column, string key, long value, int bit)
    {
        var where = key.EndsWith("AND 0", StringComparison.Ordinal) ? "size > 0" : $"{key} = {value}";
        var bytes = (await tx.First(new Query<byte[]>($"SELECT {column} FROM {table} WHERE {where} LIMIT 1", r => r.Bytes(0))))!;
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        await tx.Execute($"UPDATE {table} SET {column} = @bytes WHERE {where}", ("bytes", bytes));
    }
}
