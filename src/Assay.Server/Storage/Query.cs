namespace Assay.Server.Storage;

/// <summary>A statement and, beside it, the reader of its row.</summary>
public sealed record Query<T>(string Sql, Func<Row, T> Read);
