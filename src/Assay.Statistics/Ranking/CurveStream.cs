namespace Assay.Statistics.Ranking;

/// <summary>
/// Points of the ROC and the precision-recall curve, at most 101 each, in one pass over rows that come in ascending order of their scores. Points are
/// thresholds that exist; where there are more, they are thinned so that neighbours lie about a hundredth of the curve apart.
/// </summary>
/// <param name="positives">How many positive rows will come, at least 1.</param>
/// <param name="negatives">How many negative rows will come, at least 1.</param>
public sealed class CurveStream(long positives, long negatives)
{
    /// <summary>The greatest number of points of a curve.</summary>
    public const int Most = 101;

    readonly List<(double X, double Y)> roc = [(1, 1)], precision = [];
    long below, falselyBelow; // positives and negatives below the tie that is open
    long openPositives, openNegatives;
    double score = double.NegativeInfinity;

    /// <summary>Adds one row. Scores must not fall; throws where one does, or is not finite.</summary>
    public void Add(double score, bool positive)
    {
        if (score != this.score)
        {
            if (!(score > this.score) || !double.IsFinite(score))
                throw new ArgumentException($"Scores must be finite and come in ascending order; {score:R} came after {this.score:R}.", nameof(score));
            Close();
            this.score = score;
        }
        if (positive)
            openPositives++;
        else
            openNegatives++;
    }

    /// <summary>(False positive rate, true positive rate), from (0, 0) to (1, 1).</summary>
    public IReadOnlyList<(double X, double Y)> Roc()
    {
        Close();
        return [.. Enumerable.Reverse(roc)];
    }

    /// <summary>(Recall, precision) by rising recall.</summary>
    public IReadOnlyList<(double X, double Y)> Precision()
    {
        Close();
        return [.. Enumerable.Reverse(precision)];
    }

    void Close()
    {
        if (openPositives + openNegatives == 0)
            return;
        long above = positives - below, falselyAbove = negatives - falselyBelow;
        if (openPositives > 0 && (precision.Count == 0 || Steps((double)above / positives, Most - 1) < Steps(precision[^1].X, Most - 1)))
            precision.Add(((double)above / positives, (double)above / (above + falselyAbove)));
        (below, falselyBelow) = (below + openPositives, falselyBelow + openNegatives);
        (openPositives, openNegatives) = (0, 0);
        var (x, y) = ((double)(negatives - falselyBelow) / negatives, (double)(positives - below) / positives);
        if (x + y == 0 || Steps((x + y) / 2, Most - 2) < Steps((roc[^1].X + roc[^1].Y) / 2, Most - 2))
            roc.Add((x, y));
    }

    static int Steps(double share, int steps) => (int)Math.Ceiling((share * steps) - 1e-9);
}
