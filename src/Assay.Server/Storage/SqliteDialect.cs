using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage;

sealed class SqliteDialect : Dialect
{
    public override Engine Engine => Engine.Sqlite;

    protected override IReadOnlyList<(string, string)> Types =>
        [("{text}", "TEXT"), ("{int}", "INTEGER"), ("{real}", "REAL"), ("{bytes}", "BLOB"), ("{bool}", "INTEGER"), ("{strict}", "STRICT")];

    protected override (string, string) LinePrefix => ("--sqlite", "--postgres");

    // LIKE itself ignores case on SQLite, and only for ASCII: both functions are ours, so that the engines agree.
    public override string Like(string column, string parameter) => $"assay_like({parameter}, {column}, 0)";

    public override string ILike(string column, string parameter) => $"assay_like({parameter}, {column}, 1)";

    public override string Among => "IN (SELECT value FROM json_each(@among))";

    public override string RowSource(Rows rows) =>
        $"(SELECT {string.Join(", ", rows.Columns.Select(c => $"@{c.Name} AS {c.Name}"))}) AS r";

    /// <summary>Adds the functions that statements rely on to an open connection.</summary>
    public static void AddFunctions(SqliteConnection connection) =>
        connection.CreateFunction("assay_like", (string? pattern, string? value, long ignoreCase) =>
            pattern is not null && value is not null && LikePattern.Matches(pattern, value, ignoreCase != 0), isDeterministic: true);
}
