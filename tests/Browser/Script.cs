namespace Assay.Tests.Browser;

/// <summary>What the script adds: keys, copying, MLflow's deep links. Everything else works without it.</summary>
public sealed class Script(Browsers browsers, ToldOnce told)
{
    [Fact]
    public async Task Deep_links_of_MLflow_lead_to_the_same_run_experiment_and_version()
    {
        var story = await told.Story();
        await using var window = await browsers.Window(new(false, false));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{story.Server.Url}/#/experiments/{story.Experiment}/runs/{story.GoodRun}");
        await page.WaitForURLAsync($"**/runs/{story.GoodRun}");
        await page.GotoAsync($"{story.Server.Url}/status");
        await page.GotoAsync($"{story.Server.Url}/#/experiments/{story.Experiment}");
        await page.WaitForURLAsync($"**/experiments/{story.Experiment}");
    }

    [Fact]
    public async Task Keys_walk_through_rows_and_go_to_places_but_never_inside_a_field()
    {
        var story = await told.Story();
        await using var window = await browsers.Window(new(false, false));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{story.Server.Url}/experiments/{story.Experiment}");
        await page.Keyboard.PressAsync("j");
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')")).ShouldStartWith("/runs/");
        await page.Keyboard.PressAsync("/");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("f");
        await page.Keyboard.TypeAsync("gl?");
        page.Url.ShouldEndWith($"/experiments/{story.Experiment}");
        await page.Keyboard.PressAsync("Escape");
        // Two keys are one step where little time lies between them; on a busy machine much may, so the page's clock stands.
        await page.Clock.SetFixedTimeAsync("2026-11-02T02:00:00Z");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("l");
        await page.WaitForURLAsync("**/ledger");
    }

    [Fact]
    public async Task The_first_step_by_tab_is_the_skip_link_and_it_is_seen()
    {
        var story = await told.Story();
        await using var window = await browsers.Window(new(false, false), script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(story.Server.Url);
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldBe("skip");
        (await page.Locator(".skip").BoundingBoxAsync())!.Y.ShouldBeGreaterThanOrEqualTo(0);
    }
}
