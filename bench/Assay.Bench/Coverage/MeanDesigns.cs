using Assay.Statistics;
using Assay.Statistics.Resampling;
using Assay.Statistics.Tails;
using MathNet.Numerics.Distributions;

namespace Assay.Bench.Coverage;

/// <summary>Bootstrap intervals of means and their roots, and of CVaR, whose rows are bucketed as an evaluation buckets them.</summary>
sealed class MeanDesigns
{
    const double Tail = 0.95;

    // Making weights takes longer than using them, so data sets share a few.
    readonly Lazy<BucketWeights[]> weights = new(() => [.. Enumerable.Range(0, 8).Select(k => new BucketWeights((ulong)k))]);

    public IEnumerable<Design> All(IEnumerable<int> sizes) => sizes.SelectMany(Of);

    IEnumerable<Design> Of(int rows)
    {
        foreach (var share in new[] { 0.02, 0.1, 0.5 })
        {
            var law = new Binormal(share, 0.85);
            yield return Mean("log_loss: poisson-bootstrap", $"p {share}, AUC 0.85", rows, law.LogLoss(), draws =>
            {
                var (score, positive) = law.Draw(draws);
                return Losses.Log(law.Probability(score), positive);
            });
        }
        yield return Mean("mean: poisson-bootstrap", "exponential losses", rows, 1, draws => draws.Exponential());
        yield return Mean("rmse: poisson-bootstrap", "normal errors", rows, 1, draws => Losses.Squared(draws.Normal(), 0), sums => Math.Sqrt(sums[0] / sums[1]));
        yield return Cvar("absolute normal losses", rows, 2 * Normal.PDF(0, 1, Normal.InvCDF(0, 1, 0.975)) / 0.05, draws => Math.Abs(draws.Normal()));
        yield return Cvar("exponential losses", rows, 1 + Math.Log(20), draws => draws.Exponential());
        yield return Cvar("lognormal losses (outside)", rows, Math.Exp(0.5) * Normal.CDF(0, 1, 1 - Normal.InvCDF(0, 1, 0.95)) / 0.05, draws => Math.Exp(draws.Normal()));
    }

    Design Mean(string interval, string point, int rows, double truth, Func<Draws, double> loss, BucketStatistic? see = null) =>
        new(interval, point, rows, truth, batch => Intervals(batch, rows, loss, losses => losses, see ?? (sums => sums[0] / sums[1])));

    Design Cvar(string point, int rows, double truth, Func<Draws, double> loss) =>
        new("cvar .95: poisson-bootstrap", point, rows, truth, batch => Intervals(batch, rows, loss, losses =>
        {
            var quantile = Quantiles.Of([.. losses.Order()], Tail);
            return [.. losses.Select(l => Statistics.Tails.Cvar.Term(l, quantile, Tail))];
        }, sums => sums[0] / sums[1]));

    Interval[] Intervals(int batch, int rows, Func<Draws, double> loss, Func<double[], double[]> terms, BucketStatistic statistic)
    {
        var of = weights.Value[batch % weights.Value.Length];
        var sums = new double[2 * Design.Size][];
        for (var set = 0; set < Design.Size; set++)
        {
            var seed = ((ulong)batch * Design.Size) + (ulong)set;
            var draws = new Draws((seed * 7_368_787) + (ulong)rows);
            var losses = new double[rows];
            for (var i = 0; i < rows; i++)
                losses[i] = loss(draws);
            (sums[2 * set], sums[(2 * set) + 1]) = (new double[of.Buckets], new double[of.Buckets]);
            var added = terms(losses);
            for (var i = 0; i < rows; i++)
            {
                var bucket = of.BucketOf((seed << 24) + (ulong)i);
                sums[2 * set][bucket] += added[i];
                sums[(2 * set) + 1][bucket]++;
            }
        }
        var drawn = BucketBootstrap.Replicate(of, sums);
        return [.. Enumerable.Range(0, Design.Size).Select(set => BucketInterval.Of(sums[(2 * set)..((2 * set) + 2)], drawn[(2 * set)..((2 * set) + 2)], statistic, rows))];
    }
}
