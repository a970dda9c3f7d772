namespace Assay.Examples.Credit;

/// <summary>The hyper-parameters of a training.</summary>
/// <param name="L2">Weight of the squared penalty on the coefficients (0 or more).</param>
/// <param name="Rounds">How often the optimiser is stopped to be looked at.</param>
/// <param name="IterationsPerRound">Its steps between two looks.</param>
/// <param name="Logarithms">Take the logarithm of skewed numbers (plus one) first?</param>
/// <param name="Derived">Add what people ask: which share of the price is financed, and how much income is spare?</param>
public sealed record Recipe(float L2, int Rounds, int IterationsPerRound, bool Logarithms, bool Derived)
{
    /// <summary>The raw columns, strongly held back.</summary>
    public static readonly Recipe First = new(L2: 200, Rounds: 12, IterationsPerRound: 2, Logarithms: false, Derived: false);

    /// <summary>What a second look at the data gave.</summary>
    public static readonly Recipe Second = new(L2: 1, Rounds: 15, IterationsPerRound: 2, Logarithms: true, Derived: true);

    /// <summary>As run parameters.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Parameters =>
    [
        new("trainer", "lbfgs_logistic_regression"),
        new("l2", L2),
        new("rounds", Rounds),
        new("iterations_per_round", IterationsPerRound),
        new("logarithms", Logarithms),
        new("derived_features", Derived),
    ];
}
