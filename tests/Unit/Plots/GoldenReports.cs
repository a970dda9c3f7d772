using System.Runtime.CompilerServices;

using Assay.Contracts.Evidence;
using Assay.Plots;
using Assay.Plots.Reports;

namespace Assay.Tests.Unit.Plots;

/// <summary>The pictures and pages of a report as text. To accept a change on purpose: ASSAY_GOLDEN=write, then read the difference.</summary>
public sealed class GoldenReports
{
    static readonly HistogramBin[] Bins = [new(null, -2, 3, null), new(-2, 0, 40, null), new(0, 2, 25, null), new(2, null, 1, null)];

    [Fact]
    public void A_ROC_curve_of_two_classes() => ShouldMatch("roc.svg", new RateCurve("roc", RateKind.Roc,
        [new("class a", [new(0, 0), new(0.1, 0.6), new(1, 1)]), new("class b", [new(0, 0), new(0.3, 0.5), new(1, 1)])]).Draw());

    [Fact]
    public void A_ROC_curve_of_a_rare_class_is_cut_where_it_can_be_used() => ShouldMatch("roc-rare.svg", new RateCurve("rare", RateKind.Roc, [new("the model", [new(0, 0), new(0.05, 0.5), new(0.2, 0.8), new(1, 1)])]) { Until = 0.1 }.Draw());

    [Fact]
    public void Precision_and_recall_over_guessing() => ShouldMatch("precision.svg", new RateCurve("pr", RateKind.Precision, [new("the model", [new(0, 1), new(0.5, 0.9), new(1, 0.2)])]) { Prevalence = 0.2 }.Draw());

    [Fact]
    public void A_reliability_diagram_with_a_bin_of_few_rows() => ShouldMatch("reliability.svg", new ReliabilityDiagram("rel", [new(0.1, 0.12, 1000), new(0.5, 0.3, 800), new(0.9, 0.8, 20), new(0.95, 0, 0)]).Draw());

    [Fact]
    public void Residuals_with_open_ends() => ShouldMatch("residuals.svg", new Histogram("res", "Residuals", Bins) { Axis = "prediction − truth" }.Draw());

    [Fact]
    public void Scores_of_a_rare_class_beside_all_others() => ShouldMatch("scores.svg", new ScoreLanes("sc", [new(0, 0.5, 9000, 4), new(0.5, 1, 60, 31)]).Draw());

    [Fact]
    public void A_distance_beyond_its_limit() => ShouldMatch("limit.svg", new LimitBar(0.14, 0.12, 0.17, 0.1).Draw("jsd", new(0, 0.2)));

    [Fact]
    public void A_bar_of_too_few_rows_is_dashed() => ShouldMatch("few.svg", new IntervalBar(0.5, 0.118, 0.882) { Few = true, Champion = 0.684 }.Draw("mcc=5967"));

    [Fact]
    public void A_report_of_every_kind() => ShouldMatch("report.html", Body(EvaluationPage.Of(ReportExample.Head, ReportExample.Pieces)));

    [Fact]
    public void A_report_of_a_regression_that_nobody_recorded_yet() => ShouldMatch("report-regression.html", Body(EvaluationPage.Of(ReportExample.Head, [new(ReportExample.Read(ReportExample.Regression))])));

    [Fact]
    public void A_summary_for_a_comment_in_CI() => ShouldMatch("summary.md", MarkdownSummary.Of(ReportExample.Head, ReportExample.Pieces, new("https://assay.example/models/fraud/versions/3")));

    static string Body(string page) => page.Replace(EvaluationPage.Style, "", StringComparison.Ordinal).Replace("<section", "\n<section", StringComparison.Ordinal).Replace("<tr", "\n<tr", StringComparison.Ordinal);

    static void ShouldMatch(string name, string text, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("ASSAY_GOLDEN") == "write")
            File.WriteAllText(file, text + "\n");
        (text + "\n").ShouldBe(File.ReadAllText(file));
    }
}
