namespace Assay.Contracts.Conditions;

/// <summary>
/// Where a condition finds the values of one row, run or request, by the numbers of their names in the <see cref="Vocabulary"/>. It is asked only for the kind
/// that the vocabulary states. A scope that moves from row to row serves a whole data set without allocation.
/// </summary>
public interface IConditionScope
{
    /// <summary>A number; a moment or a length of time in seconds; a truth as 0 or 1. NaN where it is missing; infinity counts as missing too.</summary>
    double Number(int name);

    /// <summary>A text; null where it is missing.</summary>
    string? Text(int name);

    /// <summary>A list of numbers; null where it is missing.</summary>
    IReadOnlyList<double>? Numbers(int name) => null;

    /// <summary>A list of texts; null where it is missing.</summary>
    IReadOnlyList<string>? Texts(int name) => null;
}
