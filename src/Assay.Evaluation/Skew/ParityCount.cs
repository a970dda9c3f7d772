using Assay.Evaluation.Measures;

namespace Assay.Evaluation.Skew;

/// <summary>
/// Answers of the served model beside those that the pipeline gave to the same rows. Answers that are numbers are compared as numbers; names of classes, and a
/// column of nothing but 0 and 1 where the model gives more than that, are compared as decisions.
/// </summary>
/// <param name="frame">What scores mean.</param>
/// <param name="threshold">A row is predicted positive when its score reaches this.</param>
internal sealed class ParityCount(Frame frame, double threshold)
{
    const double Absolute = 1e-5, Relative = 1e-4;
    long rows, texts, between, betweenScores, within, flips, otherLabels;
    double most;

    /// <summary>One row: what the model says now, and what the pipeline said, as a number (NaN when it is none) and as a label.</summary>
    public void Add(Answers answers, int row, double number, string label)
    {
        rows++;
        if (frame.Classes.Count > 1)
        {
            otherLabels += frame.Classes[answers.Best(row)] == label ? 0 : 1;
            return;
        }
        var score = answers[row];
        betweenScores += score is 0 or 1 ? 0 : 1;
        if (double.IsNaN(number))
            texts++;
        else
        {
            between += number is 0 or 1 ? 0 : 1;
            var apart = Math.Abs(score - number);
            most = Math.Max(most, apart);
            within += apart <= Absolute + (Relative * Math.Abs(number)) ? 1 : 0;
            flips += score >= threshold == number >= threshold ? 0 : 1;
        }
        if (frame.Binary)
            otherLabels += score >= threshold == (label == frame.Classes[0]) ? 0 : 1;
    }

    /// <summary>What they have in common.</summary>
    public IEnumerable<MetricResult> Results(double level)
    {
        if (frame.Classes.Count > 1 || (frame.Binary && (texts > 0 || (between == 0 && betweenScores > 0))))
            return [Facts.Share("parity_agreement", rows - otherLabels, rows, level, higherIsBetter: true), Flips(otherLabels, level)];
        if (texts > 0)
            return [Facts.Failed("parity_max_abs", rows, $"{texts} of {rows} answers of the pipeline are no numbers")];
        return
        [
            Facts.Exact("parity_max_abs", most, rows, level),
            Facts.Share("parity_within", within, rows, level, higherIsBetter: true),
            .. frame.Binary ? new[] { Flips(flips, level) } : [],
        ];
    }

    MetricResult Flips(long count, double level)
    {
        var share = Facts.Share("parity_flips", count, rows, level);
        return frame.Binary ? share with { Facts = share.Facts with { Threshold = threshold } } : share;
    }
}
