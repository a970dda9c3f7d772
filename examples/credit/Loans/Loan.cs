namespace Assay.Examples.Credit;

/// <summary>One loan.</summary>
/// <param name="Line">The line of the file, as it is.</param>
/// <param name="Bad">Did it end badly?</param>
/// <param name="Numbers">In the order of <see cref="LoanColumns.Numbers"/>; NaN where a cell is empty.</param>
/// <param name="Words">In the order of <see cref="LoanColumns.Words"/>; empty where a cell is empty.</param>
public sealed record Loan(string Line, bool Bad, float[] Numbers, string[] Words);
