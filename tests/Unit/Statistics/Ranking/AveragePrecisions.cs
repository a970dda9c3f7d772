using Assay.Statistics.Ranking;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Ranking;

public sealed class AveragePrecisions
{
    static readonly Gen<(double[] Scores, bool[] Labels)> Rows =
        from n in Gen.Int[2, 50]
        from scores in Gen.Int[0, 15].Select(k => k / 4.0).Array[n]
        from labels in Gen.Bool.Array[n]
        where labels.Count(l => l) >= 2
        select (scores, labels);

    static AveragePrecision Of(double[] scores, bool[] labels)
    {
        var stream = new PrecisionStream(labels.Count(l => l), labels.Count(l => !l));
        foreach (var (score, label) in scores.Zip(labels).OrderBy(row => row.First))
            stream.Add(score, label);
        return stream.Value()!.Value;
    }

    /// <summary>Σ (R_k − R_{k−1}) P_k over thresholds, with a weight for each row, by counting anew at each.</summary>
    static double Naive(double[] scores, bool[] labels, double[] weights)
    {
        double sum = 0, positives = weights.Where((_, i) => labels[i]).Sum();
        foreach (var threshold in scores.Distinct())
        {
            double above = 0, hits = 0, here = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                above += scores[i] >= threshold ? weights[i] : 0;
                hits += scores[i] >= threshold && labels[i] ? weights[i] : 0;
                here += scores[i] == threshold && labels[i] ? weights[i] : 0;
            }
            sum += here / positives * (hits / above);
        }
        return sum;
    }

    [Fact]
    public void It_is_the_sum_over_thresholds_counted_anew() => Rows.Sample(rows =>
        Of(rows.Scores, rows.Labels).Value.ShouldBe(Naive(rows.Scores, rows.Labels, [.. rows.Scores.Select(_ => 1.0)]), 1e-12), iter: 500);

    [Fact]
    public void Its_variance_is_the_sum_of_squares_of_what_a_little_weight_on_each_row_changes() => Rows.Sample(rows =>
    {
        const double Little = 1e-5;
        var sum = 0.0;
        for (var i = 0; i < rows.Scores.Length; i++)
        {
            double Moved(double by) => Naive(rows.Scores, rows.Labels, [.. rows.Scores.Select((_, k) => k == i ? 1 + by : 1.0)]);
            var influence = (Moved(Little) - Moved(-Little)) / (2 * Little);
            sum += influence * influence;
        }
        Of(rows.Scores, rows.Labels).Variance.ShouldBe(sum, 1e-8);
    }, iter: 200);

    [Fact]
    public void The_interval_holds_the_value_and_lies_within_zero_and_one() => Rows.Sample(rows =>
    {
        var precision = Of(rows.Scores, rows.Labels);
        var interval = precision.Interval();
        (interval.Contains(precision.Value) && interval.Low >= 0 && interval.High <= 1).ShouldBeTrue($"{precision} {interval}");
    }, iter: 500);

    [Fact]
    public void A_model_that_says_nothing_has_the_share_of_positives() =>
        Of([.. Enumerable.Repeat(1.0, 40)], [.. Enumerable.Range(0, 40).Select(i => i < 10)]).Value.ShouldBe(0.25);

    [Fact]
    public void Curves_have_at_most_101_points_rise_and_reach_their_ends() => Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 3000], Gen.Int[1, 5000]).Sample((up, down, distinct) =>
    {
        var stream = new CurveStream(up, down);
        var random = new Assay.Statistics.SplitMix((ulong)distinct);
        foreach (var (score, label) in Enumerable.Range(0, up + down).Select(i => ((double)(random.Next() % (ulong)distinct), i < up)).OrderBy(row => row.Item1))
            stream.Add(score, label);
        IReadOnlyList<(double X, double Y)> roc = stream.Roc(), precision = stream.Precision();
        roc.Count.ShouldBeInRange(2, CurveStream.Most);
        roc[0].ShouldBe((0, 0));
        roc[^1].ShouldBe((1, 1));
        for (var i = 1; i < roc.Count; i++)
            (roc[i].X >= roc[i - 1].X && roc[i].Y >= roc[i - 1].Y).ShouldBeTrue();
        precision.Count.ShouldBeInRange(1, CurveStream.Most);
        precision[^1].X.ShouldBe(1);
        precision.ShouldAllBe(point => point.X > 0 && point.Y > 0 && point.Y <= 1);
    }, iter: 60);

    [Fact]
    public void Few_thresholds_are_all_on_the_curve()
    {
        var stream = new CurveStream(2, 2);
        stream.Add(0.1, false);
        stream.Add(0.2, true);
        stream.Add(0.3, false);
        stream.Add(0.4, true);
        stream.Roc().ShouldBe([(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)]);
        stream.Precision().ShouldBe([(0.5, 1), (1, 2.0 / 3)]);
    }
}
