using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>One stored entry.</summary>
public sealed record StoredEntry(
    string Id, byte[] Body, long AtMs, string Action, string Outcome, string Actor,
    string? Model, Digest? Digest, string? RunId, string? Environment, long? Seq, byte[]? Leaf);

/// <summary>A signed head as stored.</summary>
public sealed record StoredHead(long Size, byte[] Root, long AtMs, string Note);

static class LedgerSql
{
    public const string Insert = """
        INSERT INTO ledger_entry (id, body, at_ms, action, outcome, actor, model, digest, run_id, environment)
        SELECT r.id, r.body, r.at_ms, r.action, r.outcome, r.actor, r.model, r.digest, r.run_id, r.environment FROM {rows}
        """;

    public const string Number = "UPDATE ledger_entry SET seq = r.seq, leaf = r.leaf FROM {rows} WHERE ledger_entry.id = r.id";

    public const string AddHead = "INSERT INTO ledger_head (size, root, at_ms, note) VALUES (@size, @root, @at, @note)";

    /// <summary>Of the heads of one hour the last stays, in the database as in the folder.</summary>
    public const string ReplaceHead = "DELETE FROM ledger_head WHERE size = @size AND at_ms / 3600000 = @at / 3600000";

    public const string AddOrigin = "INSERT INTO ledger_origin (one, origin) VALUES (1, @origin) ON CONFLICT DO NOTHING";

    public static readonly Query<string> Origin = new("SELECT origin FROM ledger_origin", r => r.Text(0));

    const string Columns = "id, body, at_ms, action, outcome, actor, model, digest, run_id, environment, seq, leaf";

    static StoredEntry Entry(Row r) => new(r.Text(0), r.Bytes(1), r.Int(2), r.Text(3), r.Text(4), r.Text(5),
        r.TextOrNull(6), r.DigestOrNull(7), r.TextOrNull(8), r.TextOrNull(9), r.IntOrNull(10), r.BytesOrNull(11));

    public static readonly Query<(string Id, byte[] Body)> Pending = new(
        "SELECT id, body FROM ledger_entry WHERE seq IS NULL ORDER BY arrival, id LIMIT @limit", r => (r.Text(0), r.Bytes(1)));

    public static readonly Query<long> AnyPending = new("SELECT 1 FROM ledger_entry WHERE seq IS NULL LIMIT 1", r => r.Int(0));

    public static readonly Query<long> CountPending = new("SELECT COUNT(*) FROM ledger_entry WHERE seq IS NULL", r => r.Int(0));

    public static readonly Query<StoredHead> NewestHead = new("SELECT size, root, at_ms, note FROM ledger_head ORDER BY size DESC LIMIT 1",
        r => new(r.Int(0), r.Bytes(1), r.Int(2), r.Text(3)));

    public static readonly Query<StoredHead> Heads = new("SELECT size, root, at_ms, note FROM ledger_head WHERE size > @above AND size <= @upto ORDER BY size LIMIT @limit",
        r => new(r.Int(0), r.Bytes(1), r.Int(2), r.Text(3)));

    public static readonly Query<long> HeadCount = new("SELECT COUNT(*) FROM ledger_head", r => r.Int(0));

    public static readonly Query<StoredEntry> Range = new($"SELECT {Columns} FROM ledger_entry WHERE seq >= @from ORDER BY seq LIMIT @limit", Entry);

    public static readonly Query<StoredEntry> Page = new($"SELECT {Columns} FROM ledger_entry WHERE seq >= @from ORDER BY seq LIMIT @limit", Entry);

    public static readonly Query<StoredEntry> NewestFirst = new($"SELECT {Columns} FROM ledger_entry WHERE seq IS NOT NULL AND seq < @before ORDER BY seq DESC LIMIT @limit", Entry);

    public static readonly Query<StoredEntry> OfModel = new($"SELECT {Columns} FROM ledger_entry WHERE model = @model AND seq IS NOT NULL AND seq < @before ORDER BY seq DESC LIMIT @limit", Entry);

    public static readonly Query<StoredEntry> OfModelUpTo = new($"SELECT {Columns} FROM ledger_entry WHERE model = @model AND seq IS NOT NULL AND at_ms <= @at ORDER BY seq DESC LIMIT @limit", Entry);

    public static readonly Query<StoredEntry> ById = new($"SELECT {Columns} FROM ledger_entry WHERE id = @id", Entry);

    public static readonly Query<StoredEntry> FirstOf = new($"""
        SELECT {Columns} FROM ledger_entry WHERE model = @model AND digest = @digest AND action = @action AND outcome = 'allowed' ORDER BY id LIMIT 1
        """, Entry);
}
