namespace Assay.Server.Storage;

/// <summary>
/// Many rows for one statement that selects <c>FROM {rows}</c>: named columns of equal length, each a typed array
/// (<c>string[]</c>, <c>long[]</c>, <c>double[]</c>, <c>bool[]</c>, their nullable forms, or <c>byte[][]</c>).
/// </summary>
public sealed class Rows(int count, params (string Name, Array Values)[] columns)
{
    /// <summary>How many rows.</summary>
    public int Count => count;

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<(string Name, Array Values)> Columns => columns;
}
