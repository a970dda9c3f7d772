using Assay.Statistics.Classes;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Classes;

public sealed class Confusions
{
    static readonly Gen<(int Classes, (int Truth, int Predicted)[] Rows)> Tables =
        from classes in Gen.Int[2, 5]
        from rows in Gen.Select(Gen.Int[0, classes - 1], Gen.Int[0, classes - 1]).Array[1, 80]
        select (classes, rows);

    static ConfusionTable Table(int classes, IEnumerable<(int Truth, int Predicted)> rows)
    {
        var table = new ConfusionTable(classes);
        foreach (var (truth, predicted) in rows)
            table.Add(truth, predicted);
        return table;
    }

    static void Same(double figure, double counted)
    {
        if (double.IsNaN(counted))
            figure.ShouldBe(double.NaN);
        else
            figure.ShouldBe(counted, 1e-12);
    }

    [Fact]
    public void Every_figure_of_a_class_is_what_a_plain_count_says() => Tables.Sample(t =>
    {
        var table = Table(t.Classes, t.Rows);
        for (var of = 0; of < t.Classes; of++)
        {
            double Share(Func<(int Truth, int Predicted), bool> among, Func<(int Truth, int Predicted), bool> hit) =>
                t.Rows.Where(among).Select(row => hit(row) ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
            var confusion = table.Of(of);
            Same(confusion.Precision, Share(r => r.Predicted == of, r => r.Truth == of));
            Same(confusion.Recall, Share(r => r.Truth == of, r => r.Predicted == of));
            Same(confusion.Specificity, Share(r => r.Truth != of, r => r.Predicted != of));
            Same(confusion.FalsePositiveRate, Share(r => r.Truth != of, r => r.Predicted == of));
            Same(confusion.Accuracy, Share(_ => true, r => (r.Truth == of) == (r.Predicted == of)));
            double[] y = [.. t.Rows.Select(r => r.Truth == of ? 1.0 : 0)], x = [.. t.Rows.Select(r => r.Predicted == of ? 1.0 : 0)];
            double my = y.Average(), mx = x.Average();
            double correlation = y.Zip(x, (a, b) => (a - my) * (b - mx)).Sum() / Math.Sqrt(y.Sum(a => (a - my) * (a - my)) * x.Sum(b => (b - mx) * (b - mx)));
            if (y.Distinct().Count() == 2 && x.Distinct().Count() == 2)
                confusion.Matthews.ShouldBe(correlation, 1e-9);
            else
                confusion.Matthews.ShouldBe(double.NaN);
            if (confusion is { Precision: > 0, Recall: > 0 })
                confusion.F1.ShouldBe(2 / ((1 / confusion.Precision) + (1 / confusion.Recall)), 1e-12);
        }
        table.Accuracy.ShouldBe(t.Rows.Average(r => r.Truth == r.Predicted ? 1.0 : 0), 1e-12);
    }, iter: 300);

    [Fact]
    public void Tables_of_parts_add_up_to_the_table_of_all() => Gen.Select(Tables, Gen.Int[0, 80]).Sample((t, cut) =>
    {
        var sum = Table(t.Classes, t.Rows.Take(cut));
        sum.Add(Table(t.Classes, t.Rows.Skip(cut)));
        for (var truth = 0; truth < t.Classes; truth++)
            for (var predicted = 0; predicted < t.Classes; predicted++)
                sum[truth, predicted].ShouldBe(t.Rows.Count(row => row == (truth, predicted)));
    }, iter: 200);

    [Fact]
    public void Nothing_over_nothing_is_no_number_and_neither_is_an_average_over_it()
    {
        var table = Table(3, [(0, 0), (1, 0), (1, 1), (2, 1)]);
        table.Of(2).Precision.ShouldBe(double.NaN);
        table.Of(2).Recall.ShouldBe(0);
        table.Macro(c => c.Precision).ShouldBe(double.NaN);
        table.Weighted(c => c.Precision).ShouldBe(double.NaN);
        table.Macro(c => c.Recall).ShouldBe(0.5);
        table.Weighted(c => c.Recall).ShouldBe(0.5);
        new Confusion(0, 0, 0, 5).F1.ShouldBe(double.NaN);
        Table(2, [(0, 0)]).BalancedAccuracy.ShouldBe(double.NaN);
    }

    [Fact]
    public void Ten_million_rows_do_not_overflow_the_correlation() =>
        new Confusion(4e6, 1e6, 1e6, 4e6).Matthews.ShouldBe(0.6, 1e-12);

    [Fact]
    public void Losses_of_several_classes_are_those_of_two_when_there_are_two()
    {
        ClassLosses.Log([0.2, 0.8], 1).ShouldBe(Assay.Statistics.Losses.Log(0.8, true));
        ClassLosses.Brier([0.2, 0.8], 1).ShouldBe(2 * Assay.Statistics.Losses.Brier(0.8, true), 1e-15);
        ClassLosses.Brier([0.2, 0.3, 0.5], 0).ShouldBe(0.64 + 0.09 + 0.25, 1e-15);
        ClassLosses.Log([0, 1], 0).ShouldBe(34.538776394910684, 1e-9);
        ClassLosses.Predicted([0.4, 0.2, 0.4]).ShouldBe(0);
    }

    [Fact]
    public void McNemar_is_the_tail_of_the_binomial_counted_out() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((b, c) =>
    {
        double tail = 0, term = Math.Pow(0.5, b + c);
        for (var k = 0; k <= Math.Min(b, c); k++)
        {
            tail += term;
            term *= (double)(b + c - k) / (k + 1);
        }
        McNemar.PValue(b, c).ShouldBe(Math.Min(1, 2 * tail), 1e-10);
        McNemar.PValue(c, b).ShouldBe(McNemar.PValue(b, c));
    }, iter: 300);

    [Fact]
    public void McNemar_of_nothing_is_one_and_of_ten_to_none_is_small()
    {
        McNemar.PValue(0, 0).ShouldBe(1);
        McNemar.PValue(10, 0).ShouldBe(2 * Math.Pow(0.5, 10), 1e-12);
    }
}
