using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>The scores of one model on all rows, with the truth beside them.</summary>
/// <param name="Scores">One finite number for each row: P(positive) or a prediction.</param>
/// <param name="Positive">Is the row's label the positive class? Empty for regression.</param>
/// <param name="Truth">The row's label as a number; empty for classification.</param>
/// <param name="Bootstrap">How rows are drawn again.</param>
/// <param name="Level">The level of intervals.</param>
internal sealed record ScoredRows(double[] Scores, bool[] Positive, double[] Truth, PoissonBootstrap Bootstrap, double Level)
{
    public int Count => Scores.Length;
}
