namespace Assay.Evaluation.Data.Rows;

/// <summary>A column of the canonical row.</summary>
/// <param name="Name">The column's name in the data.</param>
/// <param name="Number">Does the signature call it a number or a boolean? Then 30, 30.0 and 3e1 are the same; otherwise the text counts as it is written.</param>
public sealed record RowColumn(string Name, bool Number);
