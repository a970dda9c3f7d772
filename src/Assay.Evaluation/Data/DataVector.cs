namespace Assay.Evaluation.Data;

/// <summary>One column of a batch. Exactly one of <see cref="Numbers"/> and <see cref="Texts"/> is set. The arrays belong to whoever got the batch.</summary>
public sealed class DataVector
{
    DataVector(string name, DataKind kind, double[]? numbers, string?[]? texts, bool[]? missing) =>
        (Name, Kind, Numbers, Texts, Missing) = (name, kind, numbers, texts, missing);

    /// <summary>The column's name.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public DataKind Kind { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Numbers?.Length ?? Texts!.Length;

    /// <summary>
    /// The values of <see cref="DataKind.Number"/>, <see cref="DataKind.Truth"/> (0 and 1) and <see cref="DataKind.Whole"/>; NaN where missing.
    /// Whole numbers are exact: a batch with one beyond ±2⁵³ gives the column as <see cref="Texts"/> and keeps its kind.
    /// </summary>
    public double[]? Numbers { get; }

    /// <summary>The values of <see cref="DataKind.Text"/>, and whole numbers that no double holds; null where missing.</summary>
    public string?[]? Texts { get; }

    /// <summary>Which rows have no value; null when every row has one. NaN in a file counts as no value.</summary>
    public bool[]? Missing { get; }

    /// <summary>Is there no value in this row?</summary>
    public bool IsMissing(int row) => Missing is { } missing && missing[row];

    /// <summary>A column of numbers, NaN where missing.</summary>
    public static DataVector Of(string name, DataKind kind, double[] numbers, bool[]? missing = null) => new(name, kind, numbers, null, missing);

    /// <summary>A column of texts, null where missing.</summary>
    public static DataVector Of(string name, DataKind kind, string?[] texts, bool[]? missing = null) => new(name, kind, null, texts, missing);
}
