using System.Globalization;

namespace Assay.Evaluation.Measures;

/// <summary>Notes the first score that can be no probability.</summary>
internal sealed class Probabilities : IRowMeasure
{
    /// <summary>Names it, or null.</summary>
    public string? Problem { get; private set; }

    public void Take(ScoredBatch batch)
    {
        Look(batch, batch.Model);
        if (batch.Baseline is { } baseline)
            Look(batch, baseline);
    }

    void Look(ScoredBatch batch, Answers answers)
    {
        if (Problem is not null)
            return;
        var at = Array.FindIndex(answers.Scores, s => s is < 0 or > 1);
        if (at >= 0)
            Problem = string.Create(CultureInfo.InvariantCulture, $"the score {answers.Scores[at]:R} of row {batch.FirstRow + (at / answers.Width)} is no probability; does the model answer log-odds?");
    }
}
