using Assay.Statistics.Regression;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Regression;

public sealed class RegressionFigures
{
    static readonly Gen<(double[] Truth, double[] Predicted)> Rows =
        from n in Gen.Int[3, 100]
        from truth in Gen.Double[-50, 50].Array[n]
        from predicted in Gen.Double[-50, 50].Array[n]
        select (truth, predicted);

    static double RSquared(double[] truth, double[] predicted) => RegressionTerms.RSquared(
        [truth.Zip(predicted, (y, p) => (y - p) * (y - p)).Sum(), truth.Sum(y => y - truth[0]), truth.Sum(y => (y - truth[0]) * (y - truth[0])), truth.Length]);

    [Fact]
    public void R_squared_is_the_share_of_the_spread_that_is_explained() => Rows.Sample(rows =>
    {
        var mean = rows.Truth.Average();
        var naive = 1 - (rows.Truth.Zip(rows.Predicted, (y, p) => (y - p) * (y - p)).Sum() / rows.Truth.Sum(y => (y - mean) * (y - mean)));
        RSquared(rows.Truth, rows.Predicted).ShouldBe(naive, 1e-9 * Math.Max(1, Math.Abs(naive)));
    }, iter: 300);

    /// <summary>Nothing that shows: what is smaller than the last digit of a label near 1e9 is gone before it is counted.</summary>
    [Fact]
    public void Labels_far_from_zero_lose_nothing() => Rows.Where(rows => rows.Truth.Max() - rows.Truth.Min() > 1).Sample(rows =>
    {
        var near = RSquared(rows.Truth, rows.Predicted);
        RSquared([.. rows.Truth.Select(y => y + 1e9)], [.. rows.Predicted.Select(p => p + 1e9)]).ShouldBe(near, 1e-4 * Math.Max(1, Math.Abs(near)));
    }, iter: 100);

    [Fact]
    public void Equal_truths_have_no_spread_to_explain() => RSquared([3.3, 3.3, 3.3], [1, 2, 3]).ShouldBe(double.NaN);

    [Fact]
    public void Pinball_at_the_median_is_half_the_absolute_error_and_the_quantile_minimises_it() => Rows.Sample(rows =>
    {
        RegressionTerms.Pinball(1, 4, 0.5).ShouldBe(1.5);
        RegressionTerms.Pinball(4, 1, 0.9).ShouldBe(0.3, 1e-12);
        RegressionTerms.Pinball(1, 4, 0.9).ShouldBe(2.7, 1e-12);
        double At(double c) => rows.Truth.Average(y => RegressionTerms.Pinball(c, y, 0.9));
        At(Assay.Statistics.Tails.Quantiles.Of([.. rows.Truth.Order()], 0.9)).ShouldBe(rows.Truth.Min(At), 1e-9);
    }, iter: 100);

    [Fact]
    public void A_share_of_zero_is_no_number()
    {
        RegressionTerms.AbsoluteShare(3, 0).ShouldBe(double.NaN);
        RegressionTerms.AbsoluteShare(3, -2).ShouldBe(2.5);
    }
}
