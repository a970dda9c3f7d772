using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

using AngleSharp;
using AngleSharp.Dom;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;
using Assay.Plots;
using Assay.Plots.Reports;
using Assay.Server.Pages.Layout;
using CsCheck;

namespace Assay.Tests.Unit.Plots;

public sealed partial class ReportsTellEverything
{
    [Fact]
    public async Task A_report_of_nothing_says_of_each_kind_how_to_measure_it()
    {
        var page = await Parse(EvaluationPage.Of(ReportExample.Head, []));
        page.QuerySelectorAll("section .card.none").Length.ShouldBe(6);
        foreach (var section in page.QuerySelectorAll("section.stack"))
        {
            section.TextContent.ShouldContain("not measured");
            section.QuerySelector("code")!.TextContent.ShouldBe($"assay evaluate {ReportExample.Head.Spoken} --suite FILE");
        }
        page.QuerySelectorAll(".ok").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_needs_nothing_from_outside_and_runs_nothing()
    {
        var html = EvaluationPage.Of(ReportExample.Head, ReportExample.Pieces);
        var page = await Parse(html);
        page.QuerySelectorAll("script, link, img, iframe, [style], [src], [onclick]").ShouldBeEmpty();
        page.QuerySelectorAll("a[href]").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith('#'));
        html.ShouldNotContain("http");
        page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_number_of_the_evidence_stands_in_words_and_not_only_in_a_picture()
    {
        var text = (await Parse(EvaluationPage.Of(ReportExample.Head, ReportExample.Pieces))).Body!.TextContent;
        foreach (var said in new[] { "0.9431 [0.9402, 0.9459]", "+0.0023 [+0.0006, +0.0040]", "the model answers one class only", "too small", "confirmed", "only named", "card-17 & co", "not reviewed", "falls by 0.1 from step 2 to 3", "the model did not answer in 60 s", "90\u202f211" })
            text.ShouldContain(said);
    }

    [Fact]
    public async Task The_weakest_slice_comes_first_and_too_small_ones_stay_behind_the_others()
    {
        var page = await Parse(EvaluationPage.Of(ReportExample.Head, ReportExample.Pieces));
        page.QuerySelectorAll("#slices table")[0].QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ShouldBe(["all rows", "country=BR", "country=US", "mcc=5967, new_card=true"]);
    }

    [Fact]
    public async Task What_others_wrote_stays_text()
    {
        const string evil = "</title><script>alert(1)</script>\"'<b>";
        var json = $$"""{"kind": "heldout", "suite": {"name": {{JsonValue.Create(evil)!.ToJsonString()}} }, "metrics": [{"name": {{JsonValue.Create(evil)!.ToJsonString()}}, "value": 1, "n": 3}], "slices": [{"by": {"a": {{JsonValue.Create(evil)!.ToJsonString()}} }, "metrics": []}], "curves": {"classes": [{"class": {{JsonValue.Create(evil)!.ToJsonString()}}, "roc": [[0, 0], [1, 1]]}]} }""";
        var piece = ReportExample.Recorded(json) with { By = evil };
        var page = await Parse(EvaluationPage.Of(new(evil, evil, null), [piece]));
        page.QuerySelectorAll("script, b").ShouldBeEmpty();
        MarkdownSummary.Of(new(evil, "", null), [piece], null).ShouldNotContain("<script");
    }

    [Fact]
    public void Markdown_of_a_name_starts_no_table_link_or_mention() =>
        MarkdownSummary.Of(new("a|b[x](http://evil)@all\n# h", "", null), [], null).Split('\n')[0].ShouldBe(@"### Evaluation of a\|b\[x\](http://evil)&#64;all \# h");

    [Fact]
    public void The_colours_of_a_report_are_those_of_the_pages()
    {
        var pages = Token().Matches(Encoding.UTF8.GetString(Asset.Style.Bytes)).Select(match => match.Value).ToArray();
        var report = Token().Matches(EvaluationPage.Style).Select(match => match.Value).ToArray();
        report.Length.ShouldBeGreaterThan(20);
        report.ShouldBeSubsetOf(pages);
    }

    [Fact]
    public void Pictures_of_any_curves_are_XML_without_a_number_that_is_none() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Long[0, 1000]).Array[0, 30].Sample(points =>
        {
            Point[] line = [.. points.Select(point => new Point(point.Item1, point.Item2)).OrderBy(point => point.X)];
            HistogramBin[] bins = [.. points.Select((point, nth) => new HistogramBin(nth == 0 ? null : point.Item1, point.Item2, point.Item3, point.Item3 / 2))];
            foreach (var svg in new[]
            {
                new RateCurve("a", RateKind.Roc, [new("m", line)]) { Until = 0.1 }.Draw(), new RateCurve("b", RateKind.Precision, [new("m", line)]).Draw(),
                new ReliabilityDiagram("c", [.. points.Select(point => new ReliabilityBin(point.Item1, point.Item2, point.Item3))]).Draw(), new Histogram("d", "r", bins).Draw(), new ScoreLanes("e", bins).Draw(),
            })
            {
                XElement.Parse(svg).Attribute("role")!.Value.ShouldBe("img");
                svg.ShouldNotContain("NaN");
            }
        }, iter: 300);

    [Theory]
    [InlineData("""{"roc": [[0, 2]]}""", "$.predicate.curves.roc")]
    [InlineData("""{"pr": [[0, "1"]]}""", "$.predicate.curves.pr")]
    [InlineData("""{"scores": [{"from": 0, "to": 1, "n": -1}]}""", "$.predicate.curves.scores[0].n")]
    public void Curves_that_are_none_are_refused_with_their_place(string curves, string where)
    {
        List<Gap> problems = [];
        Contracts.Evidence.Evaluation.Read(new JsonMap(JsonNode.Parse($$"""{"kind": "heldout", "curves": {{curves}} }""")!.AsObject(), "$.predicate", problems));
        problems.Single().Item.ShouldBe(where);
    }

    static Task<IDocument> Parse(string html) => BrowsingContext.New().OpenAsync(response => response.Content(html));

    [GeneratedRegex(@"--[a-z0-9-]+: light-dark\([^)]*\)")]
    private static partial Regex Token();
}
