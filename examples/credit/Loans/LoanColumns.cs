namespace Assay.Examples.Credit;

/// <summary>The columns of the data, in the order in which the model takes them.</summary>
public static class LoanColumns
{
    /// <summary>What is predicted; <see cref="Bad"/> is the case that costs money.</summary>
    public const string Label = "status";

    /// <summary>The label's value whose probability is the score.</summary>
    public const string Bad = "bad";

    /// <summary>Numbers of an even spread: used as they are.</summary>
    public static readonly string[] Even = ["time", "age"];

    /// <summary>Numbers of which a few are very large, so that a logarithm may help.</summary>
    public static readonly string[] Skewed = ["seniority", "expenses", "income", "assets", "debt", "amount", "price"];

    /// <summary>Words.</summary>
    public static readonly string[] Words = ["home", "marital", "records", "job"];

    /// <summary>All numbers, as they stand in <see cref="Loan.Numbers"/>.</summary>
    public static readonly string[] Numbers = [.. Even, .. Skewed];

    /// <summary>All inputs of the model.</summary>
    public static readonly string[] Inputs = [.. Numbers, .. Words];
}
