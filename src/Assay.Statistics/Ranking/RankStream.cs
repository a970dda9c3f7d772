namespace Assay.Statistics.Ranking;

/// <summary>
/// The area under the ROC curve and DeLong's variance in one pass over rows that come in the order of their scores (DeLong, DeLong and
/// Clarke-Pearson 1988; midranks as in Sun and Xu 2014). Memory does not grow, so there can be one for every slice. All sums are of whole
/// numbers, so the result is the same to the bit for any order of rows within a tie.
/// </summary>
public sealed class RankStream
{
    long positives, negatives; // below the tie that is open
    long openPositives, openNegatives;
    double score = double.NegativeInfinity;

    // Twice the midrank among the other class: 2·below + tied, a whole number. Sums over positives (up) and over negatives (down).
    Int128 up, down, upSquared, downSquared;

    /// <summary>Adds one row. Scores must not fall; throws where one does, or is not finite.</summary>
    public void Add(double score, bool positive)
    {
        if (score != this.score)
            Open(score);
        if (positive)
            openPositives++;
        else
            openNegatives++;
    }

    /// <summary>Adds rows that share one score.</summary>
    public void Add(double score, long positives, long negatives)
    {
        if (score != this.score)
            Open(score);
        openPositives += positives;
        openNegatives += negatives;
    }

    /// <summary>The area over the rows so far; null when a class is missing. More rows may follow.</summary>
    public RankArea? Area()
    {
        Close();
        if (positives == 0 || negatives == 0)
            return null;
        return new(Ratio(up, positives, negatives), Term(up, upSquared, positives, negatives), Term(down, downSquared, negatives, positives), positives, negatives);
    }

    void Open(double next)
    {
        if (!(next > score) || !double.IsFinite(next))
            throw new ArgumentException($"Scores must be finite and come in ascending order; {next:R} came after {score:R}.", nameof(next));
        Close();
        score = next;
    }

    void Close()
    {
        if (openPositives > 0)
        {
            var rank = (2 * negatives) + openNegatives;
            up += Math.BigMul(rank, openPositives);
            upSquared += Math.BigMul(rank, rank) * openPositives;
        }
        if (openNegatives > 0)
        {
            var rank = (2 * positives) + openPositives;
            down += Math.BigMul(rank, openNegatives);
            downSquared += Math.BigMul(rank, rank) * openNegatives;
        }
        (positives, negatives) = (positives + openPositives, negatives + openNegatives);
        (openPositives, openNegatives) = (0, 0);
    }

    static double Ratio(Int128 sum, long own, long other) => (double)sum / (2.0 * own * other);

    /// <summary>The sample variance of the placements of one class, divided by their number.</summary>
    static double Term(Int128 sum, Int128 squares, long own, long other)
    {
        if (own < 2)
            return double.NaN;
        // n·Σx² − (Σx)² can pass 128 bits with ten million rows, so the mean's whole part is taken off first; the rest is small and exact enough.
        var mean = sum / own;
        var rest = sum - (mean * own);
        var around = squares - (2 * mean * sum) + (mean * mean * own);
        var spread = (double)around - ((double)rest * (double)rest / own);
        return spread / (4.0 * other * other) / (own - 1.0) / own;
    }
}
