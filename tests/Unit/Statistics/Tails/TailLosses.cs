using Assay.Statistics;
using Assay.Statistics.Tails;
using CsCheck;
using MathNet.Numerics.Distributions;

namespace Assay.Tests.Unit.Statistics.Tails;

public sealed class TailLosses
{
    static readonly double[] Ten = [0.1, 0.2, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 2, 5];

    static readonly Gen<double[]> Losses = Gen.Double[0, 100].Array[1, 300].Select(losses => losses.Order().ToArray());

    [Theory]
    [InlineData(0.8, 3.5)]
    [InlineData(0.75, 3.04)]
    [InlineData(0.9, 5.0)]
    public void The_conditional_value_at_risk_is_the_published_one(double q, double expected) => Cvar.Of(Ten, q).ShouldBe(expected, 1e-12);

    [Fact]
    public void It_is_the_least_of_what_Rockafellar_and_Uryasev_minimise() => Gen.Select(Losses, Gen.Double[0.01, 0.99]).Sample((losses, q) =>
    {
        double At(double c) => c + (losses.Average(loss => Math.Max(0, loss - c)) / (1 - q));
        Cvar.Of(losses, q).ShouldBe(losses.Min(At), 1e-9);
    }, iter: 500);

    [Fact]
    public void It_is_the_mean_of_its_terms_at_the_quantile() => Gen.Select(Losses, Gen.Double[0.01, 0.99]).Sample((losses, q) =>
    {
        var quantile = Quantiles.Of(losses, q);
        losses.Average(loss => Cvar.Term(loss, quantile, q)).ShouldBe(Cvar.Of(losses, q), 1e-9);
    }, iter: 500);

    [Theory]
    [InlineData(100, 0.07, 7)]
    [InlineData(100, 0.071, 8)]
    [InlineData(1000, 0.01, 10)]
    [InlineData(3, 0.01, 1)]
    [InlineData(3, 1.0, 3)]
    public void Seven_percent_of_a_hundred_rows_are_seven(long n, double share, long rows) => WorstShare.Rows(n, share).ShouldBe(rows);

    [Fact]
    public void The_worst_share_is_the_mean_of_the_largest() => WorstShare.Mean(Ten, 0.2).ShouldBe(3.5, 1e-12);

    [Theory]
    [InlineData(100, 0.95, 95)]
    [InlineData(100, 0.07, 7)]
    [InlineData(10, 0.999, 10)]
    [InlineData(10, 0.001, 1)]
    public void A_quantile_is_an_order_statistic(long n, double q, long rank) => Quantiles.Rank(n, q).ShouldBe(rank);

    [Fact]
    public void Its_ranks_are_the_binomial_ones_counted_out() => Gen.Select(Gen.Int[1, 200], Gen.Double[0.02, 0.98]).Sample((n, q) =>
    {
        var cumulative = new double[n + 1];
        for (var k = 0; k <= n; k++)
            cumulative[k] = (k > 0 ? cumulative[k - 1] : 0) + Binomial.PMF(q, n, k);
        int low = 0, high = n + 1;
        for (var l = 1; l <= n; l++)
            if (cumulative[l - 1] <= 0.025)
                low = l;
        for (var u = n; u >= 1; u--)
            if (cumulative[u - 1] >= 0.975)
                high = u;
        Quantiles.Ranks(n, q).ShouldBe((low, high));
    }, iter: 300);

    [Fact]
    public void Too_few_values_bound_nothing_on_that_side()
    {
        Quantiles.IntervalOf(Ten, 0.95).High.ShouldBe(double.PositiveInfinity);
        Quantiles.IntervalOf(Ten, 0.95).Low.ShouldBe(1.2);
        Quantiles.IntervalOf(Ten, 0.05).Low.ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void An_interval_holds_the_quantile_and_a_higher_level_holds_a_lower() => Gen.Select(Losses, Gen.Double[0.02, 0.98]).Sample((losses, q) =>
    {
        Interval usual = Quantiles.IntervalOf(losses, q), wide = Quantiles.IntervalOf(losses, q, 0.99);
        usual.Contains(Quantiles.Of(losses, q)).ShouldBeTrue();
        (wide.Low <= usual.Low && usual.High <= wide.High).ShouldBeTrue();
    }, iter: 500);
}
