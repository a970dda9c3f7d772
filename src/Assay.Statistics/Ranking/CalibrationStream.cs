namespace Assay.Statistics.Ranking;

/// <summary>
/// Calibration over bins of equal mass, in one pass over rows that come in the order of their probabilities. A tie that lies across the border of
/// two bins gives each its share of rows and of positives, so the figures do not depend on the order of rows within it.
/// </summary>
/// <param name="rows">How many rows will come, at least 1.</param>
/// <param name="bins">How many bins, 15 unless something else is said; there are as many as rows where there are fewer rows.</param>
public sealed class CalibrationStream(long rows, int bins = CalibrationStream.UsualBins)
{
    /// <summary>The number of bins of the published figures (evaluation.md §5.1).</summary>
    public const int UsualBins = 15;

    readonly double[] probabilities = new double[bins], positives = new double[bins];
    long seen, open, openPositives;
    double probability = double.NegativeInfinity;

    /// <summary>Adds one row. Probabilities must not fall; throws where one does, or is not finite, or where more rows come than were announced.</summary>
    public void Add(double probability, bool positive)
    {
        if (probability != this.probability)
        {
            if (!(probability > this.probability) || !double.IsFinite(probability))
                throw new ArgumentException($"Probabilities must be finite and come in ascending order; {probability:R} came after {this.probability:R}.", nameof(probability));
            Close();
            this.probability = probability;
        }
        open++;
        openPositives += positive ? 1 : 0;
    }

    /// <summary>The bins, lowest first, once all rows have come; throws before.</summary>
    public IReadOnlyList<CalibrationBin> Bins()
    {
        Close();
        if (seen != rows)
            throw new InvalidOperationException($"{rows} rows were announced, and {seen} came.");
        var made = new List<CalibrationBin>(bins);
        for (var bin = 0; bin < bins; bin++)
            if (End(bin) - End(bin - 1) is > 0 and var n)
                made.Add(new(probabilities[bin] / n, Math.Clamp(positives[bin] / n, 0, 1), n));
        return made;
    }

    void Close()
    {
        if (open == 0)
            return;
        if (seen + open > rows)
            throw new InvalidOperationException($"{rows} rows were announced, and more came.");
        var bin = (int)(seen * bins / rows);
        for (long from = seen, to = seen + open; from < to; bin++)
        {
            var part = Math.Min(to, End(bin)) - from;
            probabilities[bin] += part * probability;
            positives[bin] += (double)part / open * openPositives;
            from += part;
        }
        (seen, open, openPositives) = (seen + open, 0, 0);
    }

    /// <summary>How many rows lie in this bin and the ones before it.</summary>
    long End(int bin) => (long)((Int128)rows * (bin + 1) / bins);
}
