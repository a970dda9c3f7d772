using DuckDB.NET.Native;

namespace Assay.Evaluation.Data.Duck;

/// <summary>How a column of one of DuckDB's types is read.</summary>
/// <param name="Kind">What its values are.</param>
/// <param name="Read">The type that it is read as, which may be another that it is cast to.</param>
/// <param name="Cast">The SQL type that it is cast to; null when it is read as it is.</param>
/// <param name="Unreadable">Why it cannot be read; null when it can.</param>
internal sealed record DuckKind(DataKind Kind, DuckDBType Read, string? Cast = null, string? Unreadable = null);

/// <summary>DuckDB's types and ours.</summary>
internal static class DuckKinds
{
    public static DuckKind Of(DuckDBType type) => type switch
    {
        DuckDBType.Boolean => new(DataKind.Truth, type),
        DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt => new(DataKind.Whole, type),
        DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger or DuckDBType.UnsignedBigInt => new(DataKind.Whole, type),
        DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.VarInt => new(DataKind.Whole, DuckDBType.Varchar, "VARCHAR"),
        DuckDBType.Float or DuckDBType.Double => new(DataKind.Number, type),
        DuckDBType.Decimal => new(DataKind.Number, DuckDBType.Double, "DOUBLE"),
        DuckDBType.Varchar or DuckDBType.Timestamp or DuckDBType.TimestampTz or DuckDBType.TimestampNs => new(DataKind.Text, type),
        DuckDBType.TimestampS or DuckDBType.TimestampMs => new(DataKind.Text, DuckDBType.Timestamp, "TIMESTAMP"),
        DuckDBType.Date or DuckDBType.Time or DuckDBType.TimeTz or DuckDBType.Interval or DuckDBType.Uuid or DuckDBType.Enum or DuckDBType.Bit or DuckDBType.SqlNull => new(DataKind.Text, DuckDBType.Varchar, "VARCHAR"),
        DuckDBType.Blob => new(DataKind.Text, type, Unreadable: "it holds bytes"),
        DuckDBType.List or DuckDBType.Array or DuckDBType.Struct or DuckDBType.Map or DuckDBType.Union => new(DataKind.Text, type, Unreadable: $"it is nested ({type})"),
        _ => new(DataKind.Text, type, Unreadable: $"its type {type} is not read"),
    };
}
