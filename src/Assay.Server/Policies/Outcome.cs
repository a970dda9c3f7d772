namespace Assay.Server.Policies;

/// <summary>What a rule, or a gate, says; from good to bad. The whole is the worst of its deciding rules; only the first two open the gate.</summary>
public enum Outcome
{
    /// <summary>The bound that matters proves it.</summary>
    Passed,
    /// <summary>Not proven, but somebody with authority let it pass for a time.</summary>
    Waived,
    /// <summary>Missing, stale, too few, too uncertain: nothing is proven either way.</summary>
    Inconclusive,
    /// <summary>The other bound disproves it; or the number is none, or cannot be believed.</summary>
    Failed,
    /// <summary>The evidence cannot be read.</summary>
    Error,
}

/// <summary>Questions about outcomes.</summary>
public static class Outcomes
{
    /// <summary>Does it open the gate?</summary>
    public static bool Opens(this Outcome outcome) => outcome is Outcome.Passed or Outcome.Waived;

    /// <summary>The word of the wire.</summary>
    public static string Word(this Outcome outcome) => outcome.ToString().ToLowerInvariant();
}
