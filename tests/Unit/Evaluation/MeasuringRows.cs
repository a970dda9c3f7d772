using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation;
using Assay.Statistics;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

/// <summary>Slices, tails, several classes, weights, rankings and judgements: everything over rows beyond the plain metrics.</summary>
public sealed class MeasuringRows
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<EvaluationOutcome> Run(ModelFolders folder, string suite, EvaluationOptions? options = null)
    {
        var outcome = await new Evaluator(TimeProvider.System).Run(folder.Model, folder.Write("suites/s.yaml", $"apiVersion: assay/v1\nkind: EvaluationSuite\nmetadata: {{name: s}}\n{suite}"), options ?? new(), null, Ct);
        return outcome.Refusal is { } refusal ? throw new InvalidOperationException($"{refusal.Message} {refusal.Mend}") : outcome.Value;
    }

    static JsonObject Predicate(EvaluationOutcome outcome, string kind) => outcome.Predicates.Single(p => p.Kind == kind).Json;

    static JsonObject Metric(JsonNode of, string name, string? @class = null) =>
        of["metrics"]!.AsArray().Single(m => (string)m!["name"]! == name && (string?)m["class"] == @class && m["average"] is null)!.AsObject();

    static JsonObject Slice(EvaluationOutcome outcome, string by) => Predicate(outcome, "slices")["slices"]!.AsArray().Single(s => s!["by"]!.ToJsonString() == by)!.AsObject();

    /// <summary>Rows of x and y with a country, where the truth follows the logistic of x.</summary>
    static string Rows(int rows, Func<int, double, string> columns, string header)
    {
        var random = new SplitMix(11);
        var csv = new StringBuilder($"x,bad,{header}\n");
        for (var i = 0; i < rows; i++)
        {
            var x = Math.Round((random.NextUnit() * 6) - 3, 4);
            csv.Append(CultureInfo.InvariantCulture, $"{x},{(random.NextUnit() < 1 / (1 + Math.Exp(-x)) ? 1 : 0)},{columns(i, x)}\n");
        }
        return csv.ToString();
    }

    [Fact]
    public async Task Each_declared_slice_is_measured_and_small_ones_are_listed_as_such()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1], 0), "x");
        // 1 row of A, 12 of B, 99 without a country, the rest of C.
        folder.Write("suites/d.csv", Rows(1000, (i, x) => $"{(i < 1 ? "A" : i < 13 ? "B" : i < 112 ? "" : "C")},{i % 70}", "country,age"));
        var outcome = await Run(folder, """
            task: classification
            data: {uri: d.csv, label: bad}
            metrics: [accuracy, recall, auc]
            slices:
              by: [country, {bins: age, edges: [10, 40]}, {cross: [country, {bins: age, edges: [40]}]}, {name: young, where: "age < 18 && country == 'C'"}, {name: none, where: "age > 99"}]
            """);
        outcome.Errored.ShouldBeFalse(string.Join("\n", outcome.Messages));
        Slice(outcome, """{"country":"A"}""")["status"]!.ToString().ShouldBe("too_small");
        ((long)Slice(outcome, """{"country":"B"}""")["rows"]!).ShouldBe(12);
        ((long)Slice(outcome, """{"country":null}""")["rows"]!).ShouldBe(99);
        Slice(outcome, """{"country":null}""")["status"]!.ToString().ShouldBe("too_small");
        Slice(outcome, """{"country":"C"}""").ContainsKey("status").ShouldBeFalse();
        string[] bins = ["< 10", "[10, 40)", ">= 40"];
        bins.Sum(b => (long)Predicate(outcome, "slices")["slices"]!.AsArray().Single(s => s!["by"]!.AsObject() is { Count: 1 } by && (string?)by["age"] == b)!["rows"]!).ShouldBe(1000);
        ((long)Predicate(outcome, "slices")["slices"]!.AsArray().Single(s => s!["by"]!.AsObject().ContainsKey("young"))!["rows"]!).ShouldBe(Enumerable.Range(112, 888).Count(i => i % 70 < 18));
        ((long)Predicate(outcome, "slices")["slices"]!.AsArray().Single(s => s!["by"]!.AsObject().ContainsKey("none"))!["rows"]!).ShouldBe(0);
        var c = Slice(outcome, """{"country":"C"}""");
        ((string)Metric(c, "auc")["ci"]!["method"]!).ShouldBe("delong");
        ((string)Metric(c, "recall")["ci"]!["method"]!).ShouldBe("clopper-pearson");
    }

    [Fact]
    public async Task Every_slice_has_the_numbers_of_its_rows_measured_alone()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1], 0), "x");
        var all = Rows(600, (i, _) => i % 3 == 0 ? "A" : "B", "country");
        folder.Write("suites/d.csv", all);
        folder.Write("suites/a.csv", string.Join('\n', all.Split('\n').Where((line, i) => i == 0 || line.EndsWith(",A", StringComparison.Ordinal))) + "\n");
        const string metrics = "metrics: [accuracy, precision, f1, balanced_accuracy, log_loss, brier, auc, pr_auc, ece, calibration_error]\n";
        var sliced = Slice(await Run(folder, $"task: classification\ndata: {{uri: d.csv, label: bad}}\n{metrics}slices: {{by: [country]}}\n"), """{"country":"A"}""");
        var alone = Predicate(await Run(folder, $"task: classification\ndata: {{uri: a.csv, label: bad}}\n{metrics}"), "heldout");
        foreach (var metric in sliced["metrics"]!.AsArray())
            ((double)metric!["value"]!).ShouldBe((double)Metric(alone, (string)metric["name"]!)["value"]!, 1e-12, (string)metric["name"]!);
    }

    [Fact]
    public async Task The_order_of_the_rows_and_the_format_change_nothing_but_the_files_digest()
    {
        using var folder = ModelFolders.With(OnnxModels.Logistic([1], 0), "x");
        var lines = Rows(500, (i, _) => $"e{i % 90}", "card").TrimEnd('\n').Split('\n');
        folder.Write("suites/d.csv", string.Join('\n', lines) + "\n");
        var random = new SplitMix(3);
        folder.Write("suites/turned.csv", string.Join('\n', lines.Take(1).Concat(lines.Skip(1).OrderBy(_ => random.Next()))) + "\n");
        const string rest = "metrics: [auc, log_loss, f1, pr_auc]\ntail: {worst: 0.05, cvar: 0.9, quantiles: [0.9]}\n";
        var first = Predicate(await Run(folder, $"task: classification\ndata: {{uri: d.csv, label: bad}}\n{rest}"), "heldout");
        var second = Predicate(await Run(folder, $"task: classification\ndata: {{uri: turned.csv, label: bad}}\n{rest}"), "heldout");
        second["dataset"]!["rows_digest"]!.ToJsonString().ShouldBe(first["dataset"]!["rows_digest"]!.ToJsonString());
        foreach (var name in new[] { "auc", "log_loss", "f1", "pr_auc" })
            ((double)Metric(second, name)["value"]!).ShouldBe((double)Metric(first, name)["value"]!);
    }

    [Fact]
    public async Task A_model_of_three_classes_is_measured_over_all_and_over_each()
    {
        using var folder = ModelFolders.With(OnnxModels.ThreeClasses(), "a", "b", "c");
        var random = new SplitMix(7);
        string[] kinds = ["Adelie", "Chinstrap", "Gentoo"];
        var csv = new StringBuilder("a,b,c,kind\n");
        for (var i = 0; i < 300; i++)
        {
            double a = random.NextUnit() * 2, b = random.NextUnit() * 2, c = random.NextUnit() * 2;
            csv.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{c:R},{kinds[random.NextUnit() < 0.8 ? a > b && a > c ? 0 : b > c ? 1 : 2 : i % 3]}\n");
        }
        folder.Write("suites/d.csv", csv.ToString());
        var heldout = Predicate(await Run(folder, "task: classification\ndata: {uri: d.csv, label: kind}\noutput: {tensor: probabilities}\nmetrics: [accuracy, log_loss, brier, recall, auc]\n"), "heldout");
        ((double)Metric(heldout, "accuracy")["value"]!).ShouldBeGreaterThan(0.6);
        var each = kinds.Select(k => (double)Metric(heldout, "recall", k)["value"]!).ToList();
        var macro = heldout["metrics"]!.AsArray().Single(m => (string)m!["name"]! == "recall" && (string?)m["average"] == "macro")!;
        ((double)macro["value"]!).ShouldBe(each.Average(), 1e-10);
        ((double)Metric(heldout, "auc", "Gentoo")["value"]!).ShouldBeGreaterThan(0.6);
        heldout["curves"]!["classes"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_class_that_never_comes_leaves_the_macro_average_without_a_value()
    {
        using var folder = ModelFolders.With(OnnxModels.ThreeClasses(), "a", "b", "c");
        folder.Write("suites/d.csv", "a,b,c,kind\n1,0,0,Adelie\n0,1,0,Chinstrap\n0.5,0.2,0.1,Adelie\n");
        var heldout = Predicate(await Run(folder, "task: classification\ndata: {uri: d.csv, label: kind}\noutput: {tensor: probabilities}\nmetrics: [recall]\n"), "heldout");
        Metric(heldout, "recall", "Gentoo")["value"].ShouldBeNull();
        heldout["metrics"]!.AsArray().Single(m => (string?)m!["average"] == "macro")!["value"].ShouldBeNull();
    }

    [Fact]
    public async Task The_tail_is_that_of_the_definition_and_its_worst_rows_are_named()
    {
        // evaluation.md §5: absolute errors .1 … 5.
        double[] errors = [0.1, 0.2, 0.2, 0.3, 0.5, 0.7, 0.9, 1.2, 2, 5];
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        folder.Write("suites/d.csv", "x,y,id\n" + string.Concat(errors.Select((e, i) => FormattableString.Invariant($"0,{e},r{i}\n"))));
        async Task<double> Cvar(string q) => (double)Metric(Predicate(await Run(folder, $"task: regression\ndata: {{uri: d.csv, label: y, entity: id}}\nmetrics: [mae, r2]\ntail: {{loss: absolute_error, worst: 0.15, cvar: {q}, quantiles: [0.5]}}\n"), "tail"), "cvar")["value"]!;
        (await Cvar("0.8")).ShouldBe(3.5, 1e-9);
        (await Cvar("0.75")).ShouldBe(3.04, 1e-9);
        (await Cvar("0.9")).ShouldBe(5.0, 1e-9);
        var tail = Predicate(await Run(folder, "task: regression\ndata: {uri: d.csv, label: y, entity: id}\ntail: {loss: absolute_error, worst: 0.15, cvar: 0.8, quantiles: [0.5, 0.99]}\n"), "tail");
        ((double)Metric(tail, "worst_share_mean")["value"]!).ShouldBe(3.5, 1e-9); // ⌈0.15 · 10⌉ = 2 rows
        tail["worst"]!.AsArray().Select(w => $"{w!["row"]} {w["id"]}").Take(2).ShouldBe(["10 r9", "9 r8"]);
        tail["metrics"]!.AsArray().Single(m => (double)m!["level"]! == 0.5)!["value"]!.GetValue<double>().ShouldBe(0.5, 1e-9);
        tail["metrics"]!.AsArray().Single(m => (double)m!["level"]! == 0.99)!["ci"]!["high"].ShouldBeNull();
    }

    [Fact]
    public async Task Rows_that_weigh_double_count_as_if_they_stood_twice()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([2], 1), "x");
        folder.Write("suites/w.csv", "x,y,w\n1,3,1\n2,6,2\n3,7,1\n4,7,2\n");
        folder.Write("suites/t.csv", "x,y\n1,3\n2,6\n2,6\n3,7\n4,7\n4,7\n");
        var weighted = Predicate(await Run(folder, "task: regression\ndata: {uri: w.csv, label: y, weight: w}\nmetrics: [rmse, mae, r2]\n"), "heldout");
        var twice = Predicate(await Run(folder, "task: regression\ndata: {uri: t.csv, label: y}\nmetrics: [rmse, mae, r2]\n"), "heldout");
        foreach (var name in new[] { "rmse", "mae", "r2" })
            ((double)Metric(weighted, name)["value"]!).ShouldBe((double)Metric(twice, name)["value"]!, 1e-11);
    }

    [Fact]
    public async Task A_truth_of_zero_leaves_the_error_in_percent_without_a_value()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        folder.Write("suites/d.csv", "x,y\n1,0\n2,2\n");
        var heldout = Predicate(await Run(folder, "task: regression\ndata: {uri: d.csv, label: y}\nmetrics: [mape, {name: pinball, quantile: 0.9}]\n"), "heldout");
        ((string)Metric(heldout, "mape")["error"]!).ShouldContain("truth is 0");
        ((double)Metric(heldout, "pinball")["value"]!).ShouldBe(0.05, 1e-12); // too high by 1 in one of two rows: (1 − 0.9) · 1 / 2
    }

    [Fact]
    public async Task A_ranking_is_the_mean_over_queries()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        // Query a: ranked perfectly. Query b: the one relevant row comes second. Query c has none and says nothing.
        folder.Write("suites/d.csv", "x,rel,q\n3,1,a\n1,1,b\n2,0,a\n2,0,b\n1,0,c\n");
        var heldout = Predicate(await Run(folder, "task: ranking\ndata: {uri: d.csv, label: rel, query: q}\nmetrics: [{name: ndcg, k: 10}, map, mrr]\n"), "heldout");
        ((double)Metric(heldout, "mrr")["value"]!).ShouldBe(0.75, 1e-12);
        ((double)Metric(heldout, "map")["value"]!).ShouldBe(0.75, 1e-12);
        ((double)Metric(heldout, "ndcg")["value"]!).ShouldBe((1 + (1 / Math.Log2(3))) / 2, 1e-11);
        ((long)Metric(heldout, "mrr")["n"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Generated_text_is_scored_by_a_file_of_judgements()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        folder.Write("suites/d.csv", "prompt_id,topic\np1,code\np2,code\np3,law\n");
        folder.Write("suites/j.csv", "id,score\np3,1\np1,0.5\np2,0\n");
        const string suite = "task: generation\ndata: {uri: d.csv, entity: prompt_id}\njudgements: {uri: j.csv}\nslices: {by: [topic]}\n";
        var outcome = await Run(folder, suite);
        ((double)Metric(Predicate(outcome, "heldout"), "judgement")["value"]!).ShouldBe(0.5, 1e-12);
        ((double)Metric(Slice(outcome, """{"topic":"code"}"""), "judgement")["value"]!).ShouldBe(0.25, 1e-12);
        folder.Write("suites/j.csv", "id,score\np3,1\np1,0.5\n");
        (await Run(folder, suite)).Messages.ShouldContain(m => m.Contains("Row 2 of the data, \"p2\", has no judgement"));
    }

    [Fact]
    public async Task A_planted_weak_slice_is_found_first_and_confirmed()
    {
        using var folder = ModelFolders.With(OnnxModels.Regression([1], 0), "x");
        var random = new SplitMix(23);
        var csv = new StringBuilder("x,y,country,device,hour\n");
        for (var i = 0; i < 8000; i++)
        {
            string country = ((string[])["DE", "AT", "CH"])[(int)(random.NextUnit() * 3)], device = ((string[])["phone", "desk", "tv"])[(int)(random.NextUnit() * 3)];
            var hour = (int)(random.NextUnit() * 4);
            var weak = country == "AT" && device == "tv" && hour == 2;
            csv.Append(CultureInfo.InvariantCulture, $"1,{1 + ((random.NextUnit() - 0.5) * (weak ? 2 : 1)):R},{country},{device},{hour}\n");
        }
        folder.Write("suites/d.csv", csv.ToString());
        var outcome = await Run(folder, "task: regression\ndata: {uri: d.csv, label: y}\nmetrics: [rmse]\nslices: {by: [country, device, hour], discover: {predicates: 3, top: 5}}\n");
        outcome.Errored.ShouldBeFalse(string.Join("\n", outcome.Messages));
        var first = Predicate(outcome, "slices")["slices"]!.AsArray().First(s => s!["discovered"] is not null)!;
        first["by"]!.AsObject().Select(p => $"{p.Key}={p.Value}").Order().ShouldBe(["country=AT", "device=tv", "hour=2"]);
        ((bool)first["confirmed"]!).ShouldBeTrue();
    }
}
