namespace Assay.Plots.Reports;

/// <summary>How a kind of evidence is called, what it answers, and how to get it where it is missing.</summary>
/// <param name="Kind">The kind, as the predicate has it.</param>
/// <param name="Title">As a heading.</param>
/// <param name="Question">What it answers.</param>
/// <param name="How">How to measure it.</param>
internal sealed record KindWords(string Kind, string Title, string Question, string How)
{
    /// <summary>What a report always has a section for, in its order.</summary>
    public static readonly IReadOnlyList<KindWords> Usual =
    [
        new("heldout", "Held-out data", "How good is it on rows it never saw?", "Write an EvaluationSuite that names the data, its label and the metrics."),
        new("slices", "Slices", "How good is it on each part of the rows?", "Add slices to the EvaluationSuite."),
        new("tail", "Tail", "How bad are its worst answers?", "Add tail to the EvaluationSuite."),
        new("skew", "Skew", "Does it see in production what it was trained on?", "Add the rows and predictions that training logged to the EvaluationSuite."),
        new("leakage", "Leakage", "Did training see the rows it is measured on?", "Name the training data in the EvaluationSuite."),
        new("invariants", "Invariants", "Does what must always hold, hold?", "Write an InvariantSuite."),
    ];

    /// <summary>The words of any kind.</summary>
    public static KindWords Of(string kind) => Usual.FirstOrDefault(words => words.Kind == kind) ?? new(kind, kind.Length == 0 ? kind : char.ToUpperInvariant(kind[0]) + kind[1..], "", "");
}
