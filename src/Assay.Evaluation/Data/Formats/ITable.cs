namespace Assay.Evaluation.Data.Formats;

/// <summary>A column of a file, and why it cannot be read if it cannot, such as a list.</summary>
internal sealed record TableColumn(DataField Field, string? Unreadable = null);

/// <summary>One file of rows. Reads synchronously: <see cref="DataSet"/> does so beside whoever uses the rows.</summary>
internal interface ITable : IDisposable
{
    IReadOnlyList<TableColumn> Columns { get; }

    long Rows { get; }

    /// <summary>The rows of some columns in the file's order, so many at a time; numbered from <paramref name="firstRow"/>. Throws <see cref="DataException"/> on damage.</summary>
    IEnumerable<DataBatch> Read(IReadOnlyList<string> columns, int size, long firstRow, CancellationToken ct);
}
