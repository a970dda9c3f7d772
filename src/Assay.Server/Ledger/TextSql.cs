using Assay.Server.Storage;

namespace Assay.Server.Ledger;

static class TextSql
{
    const string Columns = "hash, salt, words, erased";

    public const string Add = "INSERT INTO ledger_text (hash, salt, words) VALUES (@hash, @salt, @words)";

    public const string Erase = "UPDATE ledger_text SET salt = NULL, words = NULL, erased = @entry WHERE hash = @hash AND words IS NOT NULL";

    public static readonly Query<LedgerText> One = new($"SELECT {Columns} FROM ledger_text WHERE hash = @hash", Read);

    public static readonly Query<LedgerText> Among = new($"SELECT {Columns} FROM ledger_text WHERE hash {{among}}", Read);

    static LedgerText Read(Row r) => new(r.Text(0), r.BytesOrNull(1), r.TextOrNull(2), r.TextOrNull(3));
}
