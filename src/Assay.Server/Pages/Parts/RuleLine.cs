using Assay.Plots;

namespace Assay.Server.Pages.Parts;

/// <summary>One judged rule as a page shows it.</summary>
/// <param name="Standing">Its verdict.</param>
/// <param name="Name">What is asked for.</param>
/// <param name="Why">The reason of the verdict.</param>
/// <param name="Wanted">The threshold in words.</param>
/// <param name="Seen">What was measured, in words, with every number of the bar.</param>
public sealed record RuleLine(Standing Standing, string Name, string? Why, string? Wanted, string? Seen)
{
    /// <summary>The value with its interval, where the rule has one.</summary>
    public IntervalBar? Bar { get; init; }

    /// <summary>What to do about it, in words.</summary>
    public string? Mend { get; init; }

    /// <summary>What to run.</summary>
    public string? Command { get; init; }

    /// <summary>Undecided and failed first, then waived, then passed: the order pages show.</summary>
    public int Rank => Standing.Tone switch { Tone.Bad => 0, Tone.Warn => 1, Tone.None => 1, Tone.Waive => 2, Tone.Ok => 4, _ => 3 };
}
