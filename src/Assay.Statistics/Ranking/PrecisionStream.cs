namespace Assay.Statistics.Ranking;

/// <summary>
/// Average precision with its variance, in one pass over rows that come in ascending order of their scores, when it is known how many there are of each
/// class: Σ over scores of (share of the positives that have it) × (precision at or above it), so that a tie counts as one threshold.
/// The variance is the sum of squared influences of the rows: what a bootstrap of rows converges to, without drawing.
/// </summary>
/// <param name="positives">How many positive rows will come.</param>
/// <param name="negatives">How many negative rows will come.</param>
public sealed class PrecisionStream(long positives, long negatives)
{
    long belowPositives, belowNegatives; // the tie that is open
    long openPositives, openNegatives;
    double score = double.NegativeInfinity;
    double value;        // Σ positives × precision
    double gained, lost; // what one more positive, or negative, at or above a score changes at the scores up to it
    double first, second, other;

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

    /// <summary>The average precision, once all rows have come; throws before. Null without a positive row.</summary>
    public AveragePrecision? Value()
    {
        Close();
        if (belowPositives != positives || belowNegatives != negatives)
            throw new InvalidOperationException($"{positives} positive and {negatives} negative rows were announced; other numbers came.");
        if (positives == 0)
            return null;
        var mean = value / positives;
        return new(mean, Math.Max(0, (second - (2 * mean * first) + (positives * mean * mean) + other) / positives / positives), gained / positives, positives, negatives);
    }

    void Close()
    {
        if (openPositives > 0)
        {
            long leftPositives = positives - belowPositives, leftNegatives = negatives - belowNegatives; // at or above the tie
            double all = leftPositives + leftNegatives, precision = leftPositives / all;
            value += openPositives * precision;
            gained += openPositives * (leftNegatives / all / all);
            lost += openPositives * (precision / all);
            var moves = precision + gained;
            first += openPositives * moves;
            second += openPositives * moves * moves;
        }
        other += openNegatives * lost * lost;
        (belowPositives, belowNegatives) = (belowPositives + openPositives, belowNegatives + openNegatives);
        (openPositives, openNegatives) = (0, 0);
    }
}
