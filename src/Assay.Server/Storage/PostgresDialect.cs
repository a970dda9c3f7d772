namespace Assay.Server.Storage;

sealed class PostgresDialect : Dialect
{
    public override Engine Engine => Engine.Postgres;

    protected override IReadOnlyList<(string, string)> Types =>
        [("{text}", "TEXT COLLATE \"C\""), ("{int}", "BIGINT"), ("{real}", "DOUBLE PRECISION"), ("{bytes}", "BYTEA"), ("{bool}", "BOOLEAN"), ("{strict}", "")];

    protected override (string, string) LinePrefix => ("--postgres", "--sqlite");

    public override string Like(string column, string parameter) => $"{column} LIKE {parameter}";

    // lower() of the C collation folds ASCII only; the default collation's folds all letters, as .NET's invariant lower-casing does.
    public override string ILike(string column, string parameter) => $"{column} COLLATE \"default\" ILIKE {parameter}";

    public override string Among => "= ANY(@among)";

    public override string RowSource(Rows rows) =>
        $"unnest({string.Join(", ", rows.Columns.Select(c => "@" + c.Name))}) AS r({string.Join(", ", rows.Columns.Select(c => c.Name))})";
}
