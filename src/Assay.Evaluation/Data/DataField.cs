namespace Assay.Evaluation.Data;

/// <summary>What the values of a column are.</summary>
public enum DataKind
{
    /// <summary>Floating point or decimal numbers.</summary>
    Number,
    /// <summary>Whole numbers.</summary>
    Whole,
    /// <summary>True and false.</summary>
    Truth,
    /// <summary>Text. Times are text too, in the form of RFC 3339 and in UTC; every column of a CSV file is text as it is written.</summary>
    Text,
}

/// <summary>One column of a data set: its name and what its values are.</summary>
public sealed record DataField(string Name, DataKind Kind);
