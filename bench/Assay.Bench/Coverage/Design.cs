using Assay.Statistics;

namespace Assay.Bench.Coverage;

/// <summary>One point at which an interval is tried: data of a known law are drawn again and again, and the intervals made of them are counted that hold the truth.</summary>
/// <param name="Interval">Which interval.</param>
/// <param name="Point">Of which law.</param>
/// <param name="Rows">How many rows a data set has.</param>
/// <param name="Truth">What the interval should hold.</param>
/// <param name="Batch">The intervals of <see cref="Size"/> data sets, by the number of the batch.</param>
sealed record Design(string Interval, string Point, int Rows, double Truth, Func<int, Interval[]> Batch)
{
    /// <summary>How many data sets a batch has.</summary>
    public const int Size = 50;

    /// <summary>Tries the interval on at least so many data sets.</summary>
    public Covered Run(int runs, int threads)
    {
        var gate = new Lock();
        var covered = new Covered(0, 0, 0, 0);
        Parallel.For(0, (runs + Size - 1) / Size, new ParallelOptions { MaxDegreeOfParallelism = threads }, batch =>
        {
            var intervals = Batch(batch);
            lock (gate)
                foreach (var interval in intervals)
                    covered = covered.With(interval, Truth);
        });
        return covered;
    }
}

/// <summary>How often the truth lay in the interval, and on which side it lay when not.</summary>
sealed record Covered(int Runs, int Under, int Over, int Approximate)
{
    /// <summary>The share of intervals that hold the truth.</summary>
    public double Share => 1 - ((double)(Under + Over) / Runs);

    public Covered With(Interval interval, double truth) => new(Runs + 1, Under + (truth < interval.Low ? 1 : 0), Over + (truth > interval.High ? 1 : 0), Approximate + (interval.Approximate ? 1 : 0));
}
