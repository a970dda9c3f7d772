using Assay.Evaluation.Suites;
using Assay.Statistics;
using Assay.Statistics.Tails;

namespace Assay.Evaluation.Measures.Tail;

/// <summary>The tail of one model: its rows from the worst on.</summary>
internal sealed class TailSide(TailLoss loss, TailWish wish, int buckets, double level) : IDisposable
{
    readonly RowSorter sorter = new(1);
    readonly double[] rowsOf = new double[buckets];
    readonly Dictionary<long, double> errors = [];
    readonly Dictionary<double, TailSums> sums = [];
    long rows;
    double worst;

    /// <summary>How many rows there are in each bucket.</summary>
    public double[] RowsOf => rowsOf;

    /// <summary>The mean loss of the worst rows.</summary>
    public double WorstMean => worst / WorstShare.Rows(rows, wish.Worst);

    /// <summary>The losses beyond a level that was asked for.</summary>
    public TailSums Beyond(double q) => sums[q];

    public void Add(double key, ushort bucket)
    {
        sorter.Add(key, [bucket]);
        rowsOf[bucket]++;
        rows++;
    }

    /// <summary>Goes through all rows once, from the worst on.</summary>
    public void Close()
    {
        foreach (var q in new[] { wish.Cvar, 1 - wish.Worst })
            sums[q] = new(q, rows, buckets);
        var wanted = wish.Quantiles.SelectMany(q => Ranks(q)).Where(r => r >= 1 && r <= rows).ToHashSet();
        long place = 0, most = WorstShare.Rows(rows, wish.Worst);
        sorter.Ascending((key, facts) =>
        {
            place++;
            var cost = loss.Of(key);
            if (place <= most)
                worst += cost;
            foreach (var sum in sums.Values)
                sum.Add(place, cost, facts[0]);
            if (wanted.Contains(rows - place + 1))
                errors[rows - place + 1] = loss.AbsoluteError(key);
        });
    }

    /// <summary>CVaR by its definition (evaluation.md §5): the part of a row that only belongs to the tail in part counts with that part.</summary>
    public double Cvar(double q) => sums[q].Quantile + (sums[q].Excess().Sum() / ((1 - q) * rows));

    /// <summary>A quantile of the absolute error with its interval of order statistics; infinite where too few rows bound it.</summary>
    public (double Value, Interval Interval) ErrorQuantile(double q)
    {
        var (low, high) = Quantiles.Ranks(rows, q, level);
        return (errors[Quantiles.Rank(rows, q)], new(level, low < 1 ? double.NegativeInfinity : errors[low], high > rows ? double.PositiveInfinity : errors[high]));
    }

    public void Dispose() => sorter.Dispose();

    IEnumerable<long> Ranks(double q)
    {
        var (low, high) = Quantiles.Ranks(rows, q, level);
        return [Quantiles.Rank(rows, q), low, high];
    }
}
