using Assay.Statistics;
using CsCheck;

namespace Assay.Tests.Unit.Statistics;

public sealed class AreaUnderTheCurve
{
    // Few distinct scores, so that ties are common.
    static readonly Gen<(double[] Scores, bool[] Labels)> Rows =
        from n in Gen.Int[4, 60]
        from scores in Gen.Int[0, 12].Select(k => k / 4.0).Array[n]
        from labels in Gen.Bool.Array[n]
        where labels.Count(l => l) >= 2 && labels.Count(l => !l) >= 2
        select (scores, labels);

    [Fact]
    public void It_equals_the_count_over_all_pairs_and_DeLongs_own_formula() => Rows.Sample(rows =>
    {
        var (value, variance) = ByBruteForce(rows.Scores, rows.Labels);
        var auc = Auc.Of(rows.Scores, rows.Labels)!;
        auc.Value.ShouldBe(value, 1e-12);
        auc.Variance.ShouldBe(variance, 1e-12);
    }, iter: 1000);

    [Fact]
    public void A_transform_that_keeps_the_order_changes_nothing() => Rows.Sample(rows =>
    {
        Auc before = Auc.Of(rows.Scores, rows.Labels)!, after = Auc.Of([.. rows.Scores.Select(x => Math.Exp((3 * x) - 7))], rows.Labels)!;
        after.Value.ShouldBe(before.Value);
        after.Variance.ShouldBe(before.Variance);
    }, iter: 300);

    [Fact]
    public void Swapped_labels_give_the_complement() => Rows.Sample(rows =>
        Auc.Of(rows.Scores, [.. rows.Labels.Select(l => !l)])!.Value.ShouldBe(1 - Auc.Of(rows.Scores, rows.Labels)!.Value, 1e-12), iter: 300);

    [Fact]
    public void The_interval_contains_the_area_and_shrinks_with_copies_of_the_rows() => Rows.Sample(rows =>
    {
        var auc = Auc.Of(rows.Scores, rows.Labels)!;
        var four = Auc.Of([.. rows.Scores, .. rows.Scores, .. rows.Scores, .. rows.Scores], [.. rows.Labels, .. rows.Labels, .. rows.Labels, .. rows.Labels])!;
        auc.Interval().Contains(auc.Value).ShouldBeTrue();
        four.Interval().Width.ShouldBeLessThanOrEqualTo(auc.Interval().Width);
    }, iter: 300);

    [Fact]
    public void A_model_against_itself_differs_by_nothing_with_certainty() => Rows.Sample(rows =>
    {
        var auc = Auc.Of(rows.Scores, rows.Labels)!;
        var (delta, interval) = auc.Minus(Auc.Of(rows.Scores, rows.Labels)!);
        delta.ShouldBe(0);
        interval.Width.ShouldBe(0, 1e-6);
    }, iter: 200);

    [Fact]
    public void Pairing_makes_the_difference_of_two_alike_models_sharper_than_two_separate_areas()
    {
        var random = new SplitMix(7);
        var labels = new bool[400];
        double[] first = new double[400], second = new double[400];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 3 == 0;
            first[i] = random.NextUnit() + (labels[i] ? 0.3 : 0);
            second[i] = first[i] + (0.05 * random.NextUnit());
        }
        Auc one = Auc.Of(first, labels)!, two = Auc.Of(second, labels)!;
        one.Minus(two).Interval.Width.ShouldBeLessThan(one.Interval().Width / 3);
    }

    [Fact]
    public void One_class_only_has_no_area() => Auc.Of([0.1, 0.2], [true, true]).ShouldBeNull();

    [Fact]
    public void One_row_of_a_class_says_nothing_about_the_spread() =>
        Auc.Of([0.1, 0.2, 0.9], [false, false, true])!.Interval().ShouldBe(new Interval(0.95, 0, 1) { Approximate = true });

    [Fact]
    public void A_score_that_is_no_number_is_refused() =>
        Should.Throw<ArgumentException>(() => Auc.Of([0.1, double.NaN], [false, true]));

    static (double Value, double Variance) ByBruteForce(double[] scores, bool[] labels)
    {
        double[] up = [.. scores.Where((_, i) => labels[i])], down = [.. scores.Where((_, i) => !labels[i])];
        static double Wins(double x, double y) => x > y ? 1 : x == y ? 0.5 : 0;
        var v10 = up.Select(x => down.Average(y => Wins(x, y))).ToArray();
        var v01 = down.Select(y => up.Average(x => Wins(x, y))).ToArray();
        static double Spread(double[] v) => v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Length - 1) / v.Length;
        return (v10.Average(), Spread(v10) + Spread(v01));
    }
}
