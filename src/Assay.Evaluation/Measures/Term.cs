namespace Assay.Evaluation.Measures;

/// <summary>What one row adds to a sum.</summary>
internal enum TermKind
{
    /// <summary>One, or its weight.</summary>
    Rows,
    /// <summary>Its truth is the class.</summary>
    Actual,
    /// <summary>The class is predicted.</summary>
    Predicted,
    /// <summary>The class is predicted and true.</summary>
    Hit,
    /// <summary>What is predicted is true.</summary>
    Correct,
    /// <summary>−ln of the probability of what happened.</summary>
    LogLoss,
    /// <summary>The squared distance of the probabilities from what happened, summed over classes where there are more than two.</summary>
    Brier,
    /// <summary>|prediction − truth|.</summary>
    AbsoluteError,
    /// <summary>(prediction − truth)².</summary>
    SquaredError,
    /// <summary>|prediction − truth| / |truth|.</summary>
    PercentError,
    /// <summary>The pinball loss of a quantile.</summary>
    Pinball,
    /// <summary>The score itself, where it is a judgement.</summary>
    Score,
    /// <summary>The truth, less a number near it, so that squares keep their digits.</summary>
    Truth,
    /// <summary>Its square.</summary>
    TruthSquared,
}

/// <summary>One sum over rows.</summary>
/// <param name="Kind">What a row adds.</param>
/// <param name="Class">The class meant, where one is; 1 is positive where there are two.</param>
/// <param name="At">The threshold or quantile, where there is one.</param>
internal readonly record struct Term(TermKind Kind, int Class = 0, double At = 0)
{
    public static readonly Term Rows = new(TermKind.Rows);
}
