using System.Net;
using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using Assay.Server.Storage;
using Assay.Tests.Browser;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Pages;

/// <summary>The report of a version over HTTP: the newest evidence of each kind and suite, in one document.</summary>
public sealed class TheReport(Servers servers, ToldOnce told)
{
    [Theory, BothEngines]
    public async Task The_versions_page_leads_to_its_report(Engine engine)
    {
        var story = await told.Story(engine);
        var version = $"/models/{Uri.EscapeDataString(Story.Model)}/versions/2";
        var (_, page) = await Read(story.Server, version);
        page.QuerySelector($"a[href='{version}/report']").ShouldNotBeNull();
        var (answer, report) = await Read(story.Server, $"{version}/report");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'sha256-");
        report.QuerySelector("h1")!.TextContent.ShouldBe($"Evaluation of {Story.Model} v2");
        report.QuerySelector("#heldout")!.TextContent.ShouldContain("0.910 [0.900, 0.920]");
        report.QuerySelector("#invariants")!.TextContent.ShouldContain("all 1 hold");
        report.QuerySelector("#skew")!.TextContent.ShouldContain("not measured");
        report.QuerySelector(".crumb a")!.GetAttribute("href").ShouldBe(version);
    }

    [Theory, BothEngines]
    public async Task Of_each_kind_and_suite_the_newest_counts_and_what_was_withdrawn_does_not(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        var address = $"models/{Uri.EscapeDataString(version.Model)}/versions/{version.Number}/evidence";
        foreach (var (suite, auc) in new[] { ("a", 0.71), ("a", 0.72), ("b", 0.81), ("b", 0.99) })
        {
            var answer = await Given.Ok(server.Given.Api(HttpMethod.Post, address, Contracts.Evidence.Statement.About(version.Model, Contracts.Digest.Parse(version.Digest), Contracts.Evidence.Statement.Evaluation, Heldout(suite, auc))), HttpStatusCode.Created);
            if (auc == 0.99)
                await server.Write($"UPDATE evidence_statement SET withdrawn_ms = 1, withdrawn_by = 'ana', withdrawn_why = 'wrong data' WHERE digest = '{answer.Json["digest"]}'");
        }
        var (_, report) = await Read(server, $"/models/{Uri.EscapeDataString(version.Model)}/versions/{version.Number}/report");
        report.QuerySelectorAll("#heldout h3").Select(title => title.TextContent).ShouldBe(["b auc 0.81", "a auc 0.72"]);
        report.QuerySelector("footer")!.TextContent.ShouldContain("1 withdrawn or unreadable piece was left out");
    }

    [Theory, BothEngines]
    public async Task A_suite_that_nobody_signed_off_is_called_so_on_both_pages(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        var address = $"/models/{Uri.EscapeDataString(version.Model)}/versions/{version.Number}";
        var predicate = new JsonObject
        {
            ["kind"] = "invariants",
            ["suite"] = new JsonObject { ["name"] = "first", ["digest"] = new JsonObject { ["sha256"] = new string('2', 64) } },
            ["reviewed"] = false,
            ["probes"] = new JsonArray(new JsonObject { ["id"] = "one", ["ok"] = true, ["expected"] = 1, ["actual"] = 1 }),
        };
        await Given.Ok(server.Given.Attach(version, predicate), HttpStatusCode.Created);
        (await Read(server, address)).Page.QuerySelector("#evidence .st.warn")!.TextContent.ShouldBe("not reviewed");
        (await Read(server, $"{address}/report")).Page.QuerySelector("#invariants .st.warn")!.TextContent.ShouldBe("not reviewed");
    }

    [Theory, BothEngines]
    public async Task A_report_of_no_version_is_a_page_that_says_so(Engine engine)
    {
        var server = await servers.On(engine);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/models/nothing/versions/1/report");
        ask.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Http.SendAsync(ask, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static JsonObject Heldout(string suite, double auc) => new()
    {
        ["kind"] = "heldout",
        ["suite"] = new JsonObject { ["name"] = suite, ["digest"] = new JsonObject { ["sha256"] = new string('3', 64) } },
        ["dataset"] = new JsonObject { ["uri"] = "data/heldout.csv", ["digest"] = new JsonObject { ["sha256"] = new string('1', 64) }, ["role"] = "heldout", ["rows"] = 5000 },
        ["metrics"] = new JsonArray(new JsonObject { ["name"] = "auc", ["value"] = auc, ["n"] = 5000, ["direction"] = "higher" }),
    };

    static async Task<(HttpResponseMessage Answer, IDocument Page)> Read(TestServer server, string address)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, address);
        ask.Headers.Accept.ParseAdd("text/html");
        var answer = await server.Http.SendAsync(ask, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer, await BrowsingContext.New().OpenAsync(response => response.Content(text)));
    }
}
