using System.Text.Json.Nodes;
using AngleSharp;
using AngleSharp.Dom;
using Assay.Server.Pages.Layout;
using Assay.Server.Storage;
using Assay.Tests.Browser;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Pages;

/// <summary>Pages, read without a browser: they tell what the API tells, escape what people wrote, and are cached as they should.</summary>
public sealed class TheSameFacts(Servers servers, ToldOnce told)
{
    [Theory, BothEngines]
    public async Task Page_and_API_give_the_same_standing(Engine engine)
    {
        var story = await told.Story(engine);
        var state = (await Given.Ok(story.Server.Given.Api(HttpMethod.Get, $"environments/production/models/{Uri.EscapeDataString(Story.Model)}"))).Json;
        ((string?)state["status"]).ShouldBe("drift");
        var page = await Read(story.Server, $"/models/{Uri.EscapeDataString(Story.Model)}/environments/production");
        page.QuerySelector(".head .st")!.TextContent.ShouldBe("unapproved-live");
        page.QuerySelectorAll(".head .st.ok").ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_version_is_found_by_digest_and_by_a_prefix_of_it(Engine engine)
    {
        var story = await told.Story(engine);
        foreach (var digest in new[] { story.First.Digest, story.First.Digest[..24] })
        {
            var answer = await story.Server.Http.GetAsync($"/digests/{digest}", TestContext.Current.CancellationToken);
            answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldEndWith("/versions/1");
        }
    }

    [Theory, BothEngines]
    public async Task An_address_with_json_behind_it_gives_the_same_facts_to_programs(Engine engine)
    {
        var story = await told.Story(engine);
        var model = Uri.EscapeDataString(Story.Model);
        foreach (var address in new[] { "/models.json", "/environments.json", "/ledger.json", $"/models/{model}/versions.json", $"/models/{model}/versions/2.json", $"/models/{model}/environments/production/why.json" })
        {
            using var answer = await story.Server.Http.GetAsync(address, TestContext.Current.CancellationToken);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", address);
        }
    }

    [Theory, BothEngines]
    public async Task Eighty_thousand_noisy_points_make_a_page_that_stays_light_and_loses_no_peak(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        var noise = new Random(7);
        for (var batch = 0; batch < 80; batch++)
        {
            var metrics = new JsonArray([.. Enumerable.Range(0, 1000).Select(nth => (JsonNode)new JsonObject
            {
                ["key"] = $"noise {batch % 4}",
                ["value"] = batch == 41 && nth == 500 ? 987.5 : noise.NextDouble(),
                ["timestamp"] = 1,
                ["step"] = batch / 4 * 1000 + nth,
            })]);
            await Given.Ok(server.Given.Post("runs/log-batch", new() { ["run_id"] = run.Id, ["metrics"] = metrics }));
        }
        foreach (var address in new[] { $"/runs/{run.Id}", $"/runs/{run.Id}/metrics?key=noise%201" })
        {
            using var answer = await server.Http.SendAsync(Ask(address), TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            (text.Length + Asset.Style.Bytes.Length + Asset.Script.Bytes.Length).ShouldBeLessThan(60_000, address);
            text.ShouldContain("drawn as lowest and highest of each column");
            text.ShouldContain("highest 987.5");
        }
    }

    [Theory, BothEngines]
    public async Task A_refused_run_shows_every_gap_with_its_mend(Engine engine)
    {
        var story = await told.Story(engine);
        var gaps = (await Given.Ok(story.Server.Given.Api(HttpMethod.Get, $"runs/{story.RefusedRun}/capture?model={Uri.EscapeDataString(Story.Model)}"))).Json["gaps"]!.AsArray();
        gaps.Count.ShouldBeGreaterThan(3);
        var shown = (await Read(story.Server, $"/runs/{story.RefusedRun}")).QuerySelectorAll(".gap > li");
        shown.Length.ShouldBe(gaps.Count);
        for (var nth = 0; nth < gaps.Count; nth++)
        {
            shown[nth].QuerySelector("h3")!.TextContent.ShouldContain((string)gaps[nth]!["item"]!);
            shown[nth].TextContent.ShouldContain(((string)gaps[nth]!["mend"]!).Replace("`", "", StringComparison.Ordinal));
        }
    }

    [Theory, BothEngines]
    public async Task What_people_wrote_stays_text(Engine engine)
    {
        var story = await told.Story(engine);
        foreach (var address in story.Pages)
        {
            var page = await Read(story.Server, address);
            page.QuerySelectorAll("main img, main script, main i:not([class]):not(:empty), main h1 b").ShouldBeEmpty(address);
            page.QuerySelectorAll("a[href^=javascript]").ShouldBeEmpty(address);
        }
    }

    [Theory, BothEngines]
    public async Task The_filter_says_where_it_is_wrong(Engine engine)
    {
        var story = await told.Story(engine);
        using var answer = await story.Server.Http.SendAsync(Ask($"/experiments/{story.Experiment}?filter={Uri.EscapeDataString("metrics.auc >> 3")}"), TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(400);
        var page = await Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.QuerySelector("#fe")!.TextContent.ShouldContain("character 14");
        page.QuerySelector(".caret")!.TextContent.Split('\n')[1].IndexOf('^', StringComparison.Ordinal).ShouldBe(13);
    }

    [Theory, BothEngines]
    public async Task Files_of_pages_are_cached_for_ever_and_pages_never_without_asking(Engine engine)
    {
        var server = await servers.On(engine);
        using var page = await server.Http.SendAsync(Ask("/help/reading"), TestContext.Current.CancellationToken);
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();
        var sheet = (await Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var style = await server.Http.GetAsync(sheet, TestContext.Current.CancellationToken);
        style.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        style.Headers.CacheControl.Extensions.ShouldContain(extension => extension.Name == "immutable");
    }

    [Theory, BothEngines]
    public async Task A_program_that_asks_for_no_page_gets_none(Engine engine)
    {
        var server = await servers.On(engine);
        using var answer = await server.Http.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<html");
    }

    [Theory, BothEngines]
    public async Task Who_has_a_page_already_gets_it_again_only_when_it_changed(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ARun();
        var address = $"/runs/{run.Id}/metrics?key=auc";
        await Given.Ok(server.Given.Post("runs/log-metric", Auc(run, 0.5)));
        using var first = await server.Http.SendAsync(Ask(address), TestContext.Current.CancellationToken);
        using var again = await server.Http.SendAsync(Ask(address, first.Headers.ETag), TestContext.Current.CancellationToken);
        ((int)again.StatusCode).ShouldBe(304);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await Given.Ok(server.Given.Post("runs/log-metric", Auc(run, 0.7)));
        using var changed = await server.Http.SendAsync(Ask(address, first.Headers.ETag), TestContext.Current.CancellationToken);
        ((int)changed.StatusCode).ShouldBe(200);
        changed.Headers.ETag.ShouldNotBe(first.Headers.ETag);
    }

    [Theory, BothEngines]
    public async Task The_head_of_a_page_can_be_asked_for_alone(Engine engine)
    {
        var server = await servers.On(engine);
        using var ask = Ask("/help/reading");
        ask.Method = HttpMethod.Head;
        using var answer = await server.Http.SendAsync(ask, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_bug_is_a_page_with_a_number_and_tells_nothing_of_the_inside(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        await server.Write("DROP TABLE tracking_experiment_tag");
        using var page = await server.Http.SendAsync(Ask("/experiments"), TestContext.Current.CancellationToken);
        ((int)page.StatusCode).ShouldBe(500);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        (await Parse(text)).QuerySelector("h1")!.TextContent.ShouldContain("request ");
        text.ShouldNotContain("tracking_");
        (await server.Given.Get("experiments/get?experiment_id=0")).Text.ShouldNotContain("tracking_");
    }

    static JsonObject Auc(LoggedRun run, double value) => new() { ["run_id"] = run.Id, ["key"] = "auc", ["value"] = value, ["timestamp"] = 1, ["step"] = (int)(value * 10) };

    static HttpRequestMessage Ask(string address, System.Net.Http.Headers.EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html");
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return request;
    }

    static async Task<IDocument> Read(TestServer server, string address)
    {
        using var answer = await server.Http.SendAsync(Ask(address), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, address);
        return await Parse(text);
    }

    static Task<IDocument> Parse(string html) => BrowsingContext.New().OpenAsync(response => response.Content(html));
}
