namespace Assay.Evaluation.Data;

/// <summary>Some consecutive rows of a data set, column by column.</summary>
/// <param name="firstRow">The number of the first row within the whole set, from 1.</param>
/// <param name="rows">How many rows there are.</param>
/// <param name="vectors">The columns in the order in which they were asked for.</param>
public sealed class DataBatch(long firstRow, int rows, IReadOnlyList<DataVector> vectors)
{
    /// <summary>The number of the first row within the whole set, from 1.</summary>
    public long FirstRow => firstRow;

    /// <summary>How many rows there are.</summary>
    public int Rows => rows;

    /// <summary>The columns in the order in which they were asked for.</summary>
    public IReadOnlyList<DataVector> Vectors => vectors;

    /// <summary>The column of this name; throws when it was not asked for.</summary>
    public DataVector this[string name] => vectors.FirstOrDefault(v => v.Name == name) ?? throw new ArgumentException($"the column {name} was not read", nameof(name));
}
