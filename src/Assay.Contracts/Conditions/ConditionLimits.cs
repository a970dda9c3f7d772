namespace Assay.Contracts.Conditions;

/// <summary>How large a condition may be. Within these it always ends soon: each part is looked at once, and there are no loops.</summary>
public static class ConditionLimits
{
    /// <summary>Characters of its text.</summary>
    public const int Characters = 4096;

    /// <summary>Parentheses, calls, lists and signs inside each other.</summary>
    public const int Nesting = 64;

    /// <summary>Operators and calls in all.</summary>
    public const int Operations = 500;
}
