using Assay.Statistics.Ranking;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Ranking;

public sealed class CalibrationStreams
{
    static readonly Gen<(double[] Probabilities, bool[] Labels)> Rows =
        from n in Gen.Int[1, 80]
        from probabilities in Gen.Int[0, 20].Select(k => k / 20.0).Array[n]
        from labels in Gen.Bool.Array[n]
        select (probabilities, labels);

    static IReadOnlyList<CalibrationBin> Bins(IEnumerable<(double Probability, bool Label)> rows, int bins = 15)
    {
        var sorted = rows.OrderBy(row => row.Probability).ToList();
        var stream = new CalibrationStream(sorted.Count, bins);
        foreach (var (probability, label) in sorted)
            stream.Add(probability, label);
        return stream.Bins();
    }

    [Fact]
    public void Bins_hold_equal_shares_of_the_rows_and_all_of_them() => Rows.Sample(rows =>
    {
        var bins = Bins(rows.Probabilities.Zip(rows.Labels));
        bins.Sum(bin => bin.Rows).ShouldBe(rows.Labels.Length);
        bins.Count.ShouldBe(Math.Min(15, rows.Labels.Length));
        (bins.Max(bin => bin.Rows) - bins.Min(bin => bin.Rows)).ShouldBeLessThanOrEqualTo(1);
        bins.Sum(bin => bin.Rows * bin.Mean).ShouldBe(rows.Probabilities.Sum(), 1e-9);
        bins.Sum(bin => bin.Rows * bin.Share).ShouldBe(rows.Labels.Count(l => l), 1e-9);
    }, iter: 500);

    [Fact]
    public void The_order_of_rows_within_a_tie_changes_nothing() => Rows.Sample(rows =>
        Bins(rows.Probabilities.Zip(rows.Labels).Reverse()).ShouldBe(Bins(rows.Probabilities.Zip(rows.Labels))), iter: 300);

    [Fact]
    public void Without_ties_the_errors_are_what_a_plain_count_says() =>
        Gen.Bool.Array[1, 200].Sample(labels =>
        {
            var n = labels.Length;
            double[] probabilities = [.. Enumerable.Range(0, n).Select(i => (i + 0.5) / n)];
            double expected = 0, squared = 0;
            for (var b = 0; b < 15; b++)
            {
                int from = n * b / 15, to = n * (b + 1) / 15, size = to - from;
                if (size == 0)
                    continue;
                double mean = probabilities[from..to].Average(), share = labels[from..to].Count(l => l) / (double)size;
                expected += size * Math.Abs(mean - share) / n;
                squared += size * (((mean - share) * (mean - share)) - (size > 1 ? share * (1 - share) / (size - 1) : 0)) / n;
            }
            var bins = Bins(probabilities.Zip(labels));
            CalibrationBin.ExpectedError(bins).ShouldBe(expected, 1e-12);
            CalibrationBin.DebiasedError(bins).ShouldBe(Math.Sqrt(Math.Max(0, squared)), 1e-9);
        }, iter: 300);

    [Fact]
    public void A_model_that_always_says_the_share_is_calibrated() =>
        CalibrationBin.ExpectedError(Bins(Enumerable.Range(0, 1000).Select(i => (0.1, i < 100)))).ShouldBe(0, 1e-12);

    [Fact]
    public void Another_number_of_rows_than_announced_is_a_bug_of_the_caller()
    {
        var stream = new CalibrationStream(2);
        stream.Add(0.1, true);
        Should.Throw<InvalidOperationException>(() => stream.Bins());
        stream.Add(0.2, true);
        stream.Add(0.2, true);
        Should.Throw<InvalidOperationException>(() => stream.Bins());
    }
}
