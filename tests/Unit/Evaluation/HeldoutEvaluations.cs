using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation;
using Assay.Statistics;
using Assay.Tests.Builders;
using DuckDB.NET.Data;

namespace Assay.Tests.Unit.Evaluation;

public sealed class HeldoutEvaluations
{
    const string Suite = """
        apiVersion: assay/v1
        kind: EvaluationSuite
        metadata: {name: loans-heldout, model: credit}
        task: classification
        data: {uri: data/heldout.csv, role: heldout, label: status}
        positive: bad
        metrics: [auc, accuracy, {name: recall, threshold: 0.7}, precision, log_loss, brier, ece]
        """;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<Result<EvaluationOutcome>> Run(ModelFolders folder, string suite, EvaluationOptions? options = null) =>
        new Evaluator(TimeProvider.System).Run(folder.Model, folder.Write("suites/heldout.yaml", suite), options ?? new(), null, Ct);

    /// <summary>Rows whose truth follows sigmoid(income − age), with columns in another order than the model's, and one that the model does not know.</summary>
    static (string Csv, double[] Scores, bool[] Bad) Loans(int rows)
    {
        var random = new SplitMix(5);
        var csv = new StringBuilder("income,note,status,age\n");
        double[] scores = new double[rows];
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            double age = Math.Round(random.NextUnit() * 3, 3), income = Math.Round(random.NextUnit() * 3, 3);
            scores[i] = 1 / (1 + Math.Exp(-(float)((float)income - (float)age)));
            bad[i] = random.NextUnit() < scores[i];
            csv.Append(CultureInfo.InvariantCulture, $"{income},\"a, \"\"b\"\"\",{(bad[i] ? "bad" : "good")},{age}\n");
        }
        return (csv.ToString(), scores, bad);
    }

    static JsonObject Metric(EvaluationOutcome outcome, string name) =>
        outcome.Predicates.Single(p => p.Kind == "heldout").Json["metrics"]!.AsArray().Single(m => (string)m!["name"]! == name)!.AsObject();

    [Fact]
    public async Task Every_metric_has_its_value_its_rows_and_its_interval_by_name()
    {
        var (csv, scores, bad) = Loans(3000);
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", csv);
        var outcome = (await Run(folder, Suite, new() { Model = "credit" })).Value;
        outcome.ExitCode.ShouldBe(0);
        var auc = Auc.Of(scores, bad)!;
        ((double)Metric(outcome, "auc")["value"]!).ShouldBe(auc.Value, 1e-4) /* a float ties where a double does not */;
        ((double)Metric(outcome, "auc")["ci"]!["low"]!).ShouldBe(auc.Interval().Low, 1e-4);
        ((string)Metric(outcome, "auc")["ci"]!["method"]!).ShouldBe("delong");
        var right = scores.Zip(bad).Count(x => x.First >= 0.5 == x.Second);
        ((double)Metric(outcome, "accuracy")["value"]!).ShouldBe(right / 3000.0, 1e-11);
        ((double)Metric(outcome, "accuracy")["ci"]!["high"]!).ShouldBe(Proportions.ClopperPearson(right, 3000).High, 1e-12);
        ((long)Metric(outcome, "recall")["n"]!).ShouldBe(bad.Count(b => b));
        ((double)Metric(outcome, "recall")["threshold"]!).ShouldBe(0.7);
        ((double)Metric(outcome, "log_loss")["value"]!).ShouldBe(scores.Zip(bad).Average(x => Losses.Log(x.First, x.Second)), 1e-6);
        ((string)Metric(outcome, "log_loss")["ci"]!["method"]!).ShouldBe("poisson-bootstrap");
        ((string)Metric(outcome, "brier")["direction"]!).ShouldBe("lower");
        Metric(outcome, "ece").ContainsKey("ci").ShouldBeFalse();
        var dataset = outcome.Predicates[0].Json["dataset"]!;
        ((string)dataset["digest"]!["sha256"]!).ShouldBe(Digest.Of(csv).Hex);
        ((long)dataset["rows"]!).ShouldBe(3000);
        ((string)dataset["uri"]!).ShouldBe("data/heldout.csv");
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes_of_evidence()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", Loans(200).Csv);
        var first = CanonicalJson.Bytes((await Run(folder, Suite)).Value.Predicates[0].Json);
        CanonicalJson.Bytes((await Run(folder, Suite)).Value.Predicates[0].Json).ShouldBe(first);
    }

    [Fact]
    public async Task Parquet_and_csv_of_the_same_rows_give_the_same_numbers()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        var csv = folder.Write("suites/data/heldout.csv", Loans(500).Csv);
        await using (var db = new DuckDBConnection("DataSource=:memory:"))
        {
            await db.OpenAsync(Ct);
            await using var copy = db.CreateCommand();
            copy.CommandText = $"COPY (SELECT * FROM read_csv('{csv}')) TO '{Path.Combine(folder.Root, "suites/data/heldout.parquet")}' (FORMAT parquet)";
            await copy.ExecuteNonQueryAsync(Ct);
        }
        var first = (await Run(folder, Suite)).Value;
        var second = (await Run(folder, Suite.Replace("heldout.csv", "heldout.parquet"))).Value;
        Metric(second, "auc").ToJsonString().ShouldBe(Metric(first, "auc").ToJsonString());
        ((double)Metric(second, "log_loss")["value"]!).ShouldBe((double)Metric(first, "log_loss")["value"]!);
    }

    [Fact]
    public async Task A_regression_is_measured_by_its_errors()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([2], 1), "x");
        folder.Write("suites/data.csv", "x,y\n1,3\n2,6\n3,7\n4,7\n");
        var outcome = (await Run(folder, """
            apiVersion: assay/v1
            kind: EvaluationSuite
            metadata: {name: r}
            task: regression
            data: {uri: data.csv, label: y}
            metrics: [rmse, mae, mse]
            """)).Value;
        ((double)Metric(outcome, "rmse")["value"]!).ShouldBe(Math.Sqrt(5 / 4.0), 1e-12); // errors 0, −1, 0, 2
        ((double)Metric(outcome, "mae")["value"]!).ShouldBe(0.75, 1e-12);
        ((double)Metric(outcome, "rmse")["ci"]!["low"]!).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task MlNets_probability_is_the_score_and_its_label_is_not()
    {
        using var folder = ModelFolders.With(OnnxModels.LikeMlNet(-1, 1, 0), "age", "income");
        var (csv, scores, bad) = Loans(300);
        folder.Write("suites/data/heldout.csv", csv);
        var outcome = (await Run(folder, Suite)).Value;
        ((double)Metric(outcome, "auc")["value"]!).ShouldBe(Auc.Of(scores, bad)!.Value, 1e-4);
        ((double)Metric(outcome, "log_loss")["value"]!).ShouldBeLessThan(0.7);
        outcome.Errored.ShouldBeFalse();
    }

    [Theory]
    [InlineData("good", "good")]
    [InlineData("bad", "bad")]
    public async Task The_probability_of_the_positive_class_is_found_in_scikit_learns_maps(string positive, string label)
    {
        using var folder = ModelFolders.With(OnnxModels.ZipMap(), "p");
        folder.Write("suites/data/heldout.csv", "p,status\n0.9,good\n0.8,good\n0.2,bad\n0.4,bad\n");
        var outcome = (await Run(folder, Suite.Replace("positive: bad", $"positive: {positive}"))).Value;
        label.ShouldBe(positive);
        ((double)Metric(outcome, "auc")["value"]!).ShouldBe(1);
        ((double)Metric(outcome, "accuracy")["value"]!).ShouldBe(1);
        outcome.Messages.ShouldContain(m => m.Contains("separated perfectly"));
    }

    [Fact]
    public async Task One_score_that_is_no_number_leaves_every_metric_without_a_value_and_drops_no_row()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", "age,income,status\n1,2,bad\n2,1,good\n,1,good\n");
        var outcome = (await Run(folder, Suite)).Value;
        outcome.Errored.ShouldBeTrue();
        outcome.ExitCode.ShouldBe(2);
        var metrics = outcome.Predicates[0].Json["metrics"]!.AsArray();
        metrics.Count.ShouldBe(7);
        metrics.ShouldAllBe(m => m!["value"] == null && ((string)m["error"]!).Contains("row 3"));
    }

    [Theory]
    [InlineData("age,income,status\n1,abc,bad\n", "Row 1, column income: \"abc\" is no float32")]
    [InlineData("age,income,status\n1,NA,bad\n", "\"NA\" is no float32")]
    [InlineData("age,income,status\n1,2,\n", "Row 1 has nothing in the label column")]
    [InlineData("age,salary,status\n1,2,bad\n", "no column income")]
    [InlineData("age,income,status\n1,2,ugly\n1,2,bad\n1,2,good\n", "bad, good, ugly")]
    [InlineData("age,income,status\n1,2,yes\n1,2,no\n", "'bad' among them")]
    [InlineData("age,income,status\n", "no rows")]
    public async Task Data_that_cannot_be_scored_says_where(string csv, string says)
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", csv);
        var outcome = (await Run(folder, Suite)).Value;
        outcome.Errored.ShouldBeTrue();
        outcome.Messages.ShouldContain(m => m.Contains(says), string.Join("\n", outcome.Messages));
        outcome.Predicates[0].Json["metrics"]!.AsArray().ShouldAllBe(m => m!["value"] == null);
    }

    [Fact]
    public async Task One_class_has_accuracy_and_no_area()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", "age,income,status\n1,2,good\n2,1,good\n");
        var outcome = (await Run(folder, Suite)).Value;
        Metric(outcome, "auc")["value"].ShouldBeNull();
        ((string)Metric(outcome, "recall")["error"]!).ShouldBe("no row of the data is positive");
        ((double)Metric(outcome, "accuracy")["value"]!).ShouldBe(0.5);
    }

    [Fact]
    public async Task Log_odds_are_no_probabilities_and_only_the_ranking_can_be_measured()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([-1, 1], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", Loans(300).Csv);
        var outcome = (await Run(folder, Suite)).Value;
        Metric(outcome, "auc")["value"].ShouldNotBeNull();
        ((string)Metric(outcome, "log_loss")["error"]!).ShouldContain("log-odds");
    }

    [Fact]
    public async Task A_model_that_does_not_load_is_an_error_in_every_metric()
    {
        using var folder = ModelFolders.With([1, 2, 3], "age", "income");
        folder.Write("suites/data/heldout.csv", Loans(20).Csv);
        var outcome = (await Run(folder, Suite)).Value;
        outcome.ExitCode.ShouldBe(2);
        ((long)outcome.Predicates[0].Json["dataset"]!["rows"]!).ShouldBe(20);
        outcome.Predicates[0].Json["metrics"]!.AsArray().ShouldAllBe(m => ((string)m!["error"]!).Contains("no ONNX model"));
    }

    [Fact]
    public async Task Data_of_another_digest_is_refused()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        var csv = Loans(20).Csv;
        folder.Write("suites/data/heldout.csv", csv);
        (await Run(folder, Suite.Replace("role:", $"digest: \"{Digest.Of("other")}\", role:"))).Refusal!.Code.ShouldBe("data-digest");
        (await Run(folder, Suite.Replace("role:", $"digest: \"{Digest.Of(csv)}\", role:"))).Value.Errored.ShouldBeFalse();
        (await Run(folder, Suite.Replace("data/heldout.csv", "data/none.csv"))).Refusal!.Code.ShouldBe("data-missing");
        (await Run(folder, Suite.Replace("data/heldout.csv", "s3://bucket/heldout.csv"))).Refusal!.Message.ShouldContain("s3://bucket/heldout.csv");
    }

    [Fact]
    public async Task Another_version_on_the_same_rows_gives_paired_differences()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        using var worse = ModelFolders.With(OnnxModels.Logistic([-1, 0.2f], 0), "age", "income");
        folder.Write("suites/data/heldout.csv", Loans(1000).Csv);
        var outcome = (await Run(folder, Suite, new() { Against = worse.Model, AgainstDigest = Digest.Of("champion") })).Value;
        var auc = Metric(outcome, "auc");
        ((double)auc["delta"]!).ShouldBe((double)auc["value"]! - (double)auc["baseline"]!, 1e-12);
        ((double)auc["delta_ci"]!["low"]!).ShouldBeGreaterThan(0);
        ((string)Metric(outcome, "log_loss")["method"]!).ShouldBe("paired-bootstrap");
        ((string)outcome.Predicates[0].Json["baseline"]!["digest"]!["sha256"]!).ShouldBe(Digest.Of("champion").Hex);
    }

    [Fact]
    public async Task Rows_of_one_entity_are_drawn_together_and_invariants_are_run_beside()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([-1, 1], 0), "age", "income");
        // Five rows of each card that differ in the sixth digit: nearly the same loss, and yet not the same row.
        var lines = Loans(100).Csv.TrimEnd('\n').Split('\n');
        var csv = $"{lines[0]},card\n{string.Join("\n", Enumerable.Repeat(lines[1..], 5).SelectMany(l => l).Select((l, i) => $"{Sixth(l[..l.IndexOf(',')], i / 100)}{l[l.IndexOf(',')..]},c{i % 100}"))}\n";
        static string Sixth(string number, int digit) => FormattableString.Invariant($"{double.Parse(number, CultureInfo.InvariantCulture) + (digit * 1e-6):0.######}");
        folder.Write("suites/data/heldout.csv", csv);
        folder.Write("suites/i.yaml", """
            apiVersion: assay/v1
            kind: InvariantSuite
            metadata: {name: i}
            cases: [{name: one, input: {instances: [[1, 2]]}, expect: [{finite: true}]}]
            """);
        var apart = (await Run(folder, Suite)).Value;
        var together = (await Run(folder, Suite.Replace("label: status", "label: status, entity: card") + "\ninvariants: [i.yaml]\n")).Value;
        static double Width(JsonObject m) => (double)m["ci"]!["high"]! - (double)m["ci"]!["low"]!;
        Width(Metric(together, "log_loss")).ShouldBeGreaterThan(1.5 * Width(Metric(apart, "log_loss")));
        together.Predicates.Select(p => p.Kind).ShouldBe(["heldout", "invariants"]);
    }
}
