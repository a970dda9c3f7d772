using System.Globalization;
using System.Text;
using Assay.Evaluation;
using Assay.Statistics;
using Assay.Statistics.Shift;
using Assay.Tests.Builders;
using static Assay.Tests.Unit.Evaluation.Compared;

namespace Assay.Tests.Unit.Evaluation;

public sealed class SkewedData
{
    static string Rows(int rows, Func<int, FormattableString> one, string head = "age,income,bad")
    {
        var csv = new StringBuilder(head + "\n");
        for (var i = 0; i < rows; i++)
            csv.Append(FormattableString.Invariant(one(i))).Append('\n');
        return csv.ToString();
    }

    static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    [Fact]
    public async Task Answers_that_are_those_of_the_pipeline_have_parity()
    {
        using var set = new Compared { More = "parity: {uri: parity.csv, prediction: p}" }
            .With("heldout.csv", "age,income,bad\n1,2,1\n2,1,0\n")
            .With("parity.csv", Rows(600, i => $"{i % 7},{i % 5},{Sigmoid((i % 5) - (i % 7)):R}", "age,income,p"));
        var outcome = await set.Run();
        outcome.Errored.ShouldBeFalse();
        Value(outcome, "skew", "parity_max_abs")!.Value.ShouldBeLessThan(1e-6);
        Value(outcome, "skew", "parity_within").ShouldBe(1);
        var flips = Metric(outcome, "skew", "parity_flips");
        ((double)flips["value"]!).ShouldBe(0);
        ((long)flips["n"]!).ShouldBe(600);
        ((double)flips["ci"]!["high"]!).ShouldBe(Proportions.ClopperPearson(0, 600).High, 1e-11);
        ((double)flips["threshold"]!).ShouldBe(0.5);
    }

    [Fact]
    public async Task Columns_that_were_swapped_on_the_way_show_as_flips()
    {
        using var set = new Compared { More = "metrics: [{name: recall, threshold: 0.7}]\nparity: {uri: parity.csv, prediction: p}" }
            .With("heldout.csv", "age,income,bad\n1,2,1\n2,1,0\n")
            .With("parity.csv", Rows(100, i => $"{i % 2},3,{Sigmoid((i % 2) - 3):R}", "age,income,p"));
        var outcome = await set.Run();
        Value(outcome, "skew", "parity_flips").ShouldBe(1);
        Value(outcome, "skew", "parity_within").ShouldBe(0);
        Value(outcome, "skew", "parity_max_abs")!.Value.ShouldBe(Sigmoid(3) - Sigmoid(-3), 1e-6);
        ((double)Metric(outcome, "skew", "parity_flips")["threshold"]!).ShouldBe(0.7);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("good", "bad")]
    public async Task Answers_that_are_classes_are_compared_as_decisions(string no, string yes)
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad", More = $"positive: \"{yes}\"\nparity: {{uri: parity.csv, prediction: p}}" }
            .With("heldout.csv", $"age,income,bad\n1,2,{yes}\n2,1,{no}\n")
            .With("parity.csv", $"age,income,p\n1,2,{yes}\n2,1,{no}\n3,1,{no}\n1,9,{no}\n");
        var outcome = await set.Run();
        Value(outcome, "skew", "parity_agreement").ShouldBe(0.75);
        Value(outcome, "skew", "parity_flips").ShouldBe(0.25);
    }

    [Fact]
    public async Task A_row_without_the_pipelines_answer_is_an_error_with_its_number()
    {
        using var set = new Compared { More = "parity: {uri: parity.csv, prediction: p}" }
            .With("heldout.csv", "age,income,bad\n1,2,1\n2,1,0\n").With("parity.csv", "age,income,p\n1,2,0.7\n1,2,\n");
        var outcome = await set.Run();
        outcome.Errored.ShouldBeTrue();
        ((string)Metric(outcome, "skew", "parity_max_abs")["error"]!).ShouldContain("Row 2");
    }

    [Fact]
    public async Task A_number_that_moved_is_found_and_one_that_did_not_is_not()
    {
        using var set = new Compared { More = "train: {uri: train.csv}" }
            .With("train.csv", Rows(5000, i => $"{i * 7919 % 5000},{i * 104729 % 5000},{i % 2}"))
            .With("heldout.csv", Rows(3000, i => $"{(i * 7919 % 3000) * 5 / 3},{2000 + (i * 104729 % 3000)},{i % 2}"));
        var outcome = await set.Run();
        Value(outcome, "skew", "psi", "age").ShouldBe(0);
        Value(outcome, "skew", "psi", "income")!.Value.ShouldBeGreaterThan(0.25);
        ((double)Metric(outcome, "skew", "psi", "income")["raw"]!).ShouldBeGreaterThan(Value(outcome, "skew", "psi", "income")!.Value);
        ((double)Metric(outcome, "skew", "psi", "income")["ci"]!["low"]!).ShouldBeGreaterThan(0.25);
        Value(outcome, "skew", "ks", "income")!.Value.ShouldBe(0.4, 0.01);
        Value(outcome, "skew", "jsd", "income")!.Value.ShouldBeGreaterThan(0.05);
        Value(outcome, "skew", "schema_mismatches").ShouldBe(0);
        outcome.Rows.Single(r => r.Part == "skew" && r.Name.StartsWith("psi")).Name.ShouldBe("psi (income)");
    }

    [Fact]
    public void The_interval_of_psi_without_a_shift_holds_zero_and_shrinks_with_the_rows()
    {
        double[] p = [0.10, 0.20, 0.40, 0.20, 0.10], q = [0.08, 0.18, 0.40, 0.22, 0.12];
        ShiftInterval.Psi(p, p, 1000, 1000).Low.ShouldBe(0);
        ShiftInterval.Psi(p, q, 100, 100).Low.ShouldBe(0);
        var many = ShiftInterval.Psi(p, q, 1_000_000, 1_000_000);
        many.Contains(0.0121227161).ShouldBeTrue();
        many.Width.ShouldBeLessThan(0.002);
        ShiftInterval.JensenShannon(p, q, 1_000_000, 1_000_000).Contains(0.0021832922).ShouldBeTrue();
    }

    [Fact]
    public async Task Few_rows_are_too_few_to_judge_a_shift()
    {
        using var set = new Compared { More = "train: {uri: train.csv}" }
            .With("train.csv", Rows(200, i => $"{i},{i},{i % 2}")).With("heldout.csv", Rows(100, i => $"{i},{i},{i % 2}"));
        ((string)Metric(await set.Run(), "skew", "psi", "age")["status"]!).ShouldBe("too_small");
    }

    [Fact]
    public async Task What_is_missing_and_what_is_no_number_is_counted_apart()
    {
        using var set = new Compared { More = "train: {uri: train.csv}" }
            .With("train.csv", Rows(100, i => $"{i},{(i == 3 ? "many" : "1")},{i % 2}")).With("heldout.csv", Rows(100, i => $"{(i < 20 ? "" : "1")},1,{i % 2}"));
        var outcome = await set.Run();
        Value(outcome, "skew", "missing_rate_delta", "age").ShouldBe(0.2);
        ((double)Metric(outcome, "skew", "missing_rate_delta", "age")["ci"]!["low"]!).ShouldBeGreaterThan(0.1);
        Value(outcome, "skew", "missing_rate_delta", "income").ShouldBe(0);
        Value(outcome, "skew", "schema_mismatches").ShouldBe(1);
        ((string)Predicate(outcome, "skew")["mismatches"]![0]!["why"]!).ShouldContain("\"many\" in row 4");
    }

    [Fact]
    public async Task Categories_that_are_new_and_that_are_gone_have_their_rates()
    {
        var folder = ModelFolders.With(OnnxModels.Echo(OnnxBuilder.Text), "shop");
        folder.Write("model/MLmodel", File.ReadAllText(Path.Combine(folder.Model, "MLmodel")).Replace("\"double\"", "\"string\""));
        using var set = new Compared(folder) { More = "train: {uri: train.csv}" }
            .With("train.csv", Rows(100, i => $"{(i < 60 ? "a" : i < 90 ? "b" : "c")},{i % 2}", "shop,bad"))
            .With("heldout.csv", Rows(100, i => $"{(i < 80 ? "a" : i < 95 ? "b" : "d")},{i % 2}", "shop,bad"));
        var outcome = await set.Run();
        Value(outcome, "skew", "linf", "shop").ShouldBe(0.2);
        Value(outcome, "skew", "new_category_rate", "shop").ShouldBe(0.05);
        Value(outcome, "skew", "missing_category_rate", "shop").ShouldBe(0.1);
    }

    [Fact]
    public async Task Other_data_than_the_held_out_rows_can_be_compared_with_training()
    {
        using var set = new Compared { More = "train: {uri: train.csv}\nreference: {uri: served.csv}" }
            .With("train.csv", Rows(100, i => $"{i},{i},{i % 2}")).With("heldout.csv", Rows(100, i => $"{i},{i},{i % 2}"))
            .With("served.csv", Rows(50, i => $"{i + 50},{i}", "age,income"));
        var outcome = await set.Run();
        Value(outcome, "skew", "ks", "age").ShouldBe(0.5);
        ((string)Predicate(outcome, "skew")["reference"]!["uri"]!).ShouldBe("served.csv");
    }

    [Fact]
    public async Task Features_computed_anew_must_be_exactly_those_that_were_logged()
    {
        using var set = new Compared { More = "join: {uri: anew.csv, key: id}" }
            .With("heldout.csv", "id,age,income,bad\n1,30,1,1\n2,31,2,0\n3,32,3,0\n4,33,,1\n5,34,5,0\n")
            .With("anew.csv", "id,income,age\n1.0,1.0,3e1\n2,2.0000001,31\n3,3,32\n4,,33\n");
        var outcome = await set.Run();
        Value(outcome, "skew", "join_missing_keys").ShouldBe(0.2);
        Value(outcome, "skew", "join_equal", "age").ShouldBe(1);
        Value(outcome, "skew", "join_equal", "income").ShouldBe(0.75);
        ((long)Metric(outcome, "skew", "join_equal", "income")["n"]!).ShouldBe(4);
        ((string)Metric(outcome, "skew", "join_equal", "income")["direction"]!).ShouldBe("higher");
    }

    [Fact]
    public async Task A_key_that_names_two_different_rows_joins_nothing()
    {
        using var set = new Compared { More = "join: {uri: anew.csv, key: id}" }
            .With("heldout.csv", "id,age,income,bad\n1,30,1,1\n2,30,1,0\n").With("anew.csv", "id,income,age\n1,1,30\n1,1,31\n");
        var outcome = await set.Run();
        outcome.Errored.ShouldBeTrue();
        ((string)Metric(outcome, "skew", "join_missing_keys")["error"]!).ShouldContain("row 2");
    }
}
