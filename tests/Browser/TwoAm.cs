using Microsoft.Playwright;

namespace Assay.Tests.Browser;

/// <summary>What a woken person must find without scrolling, in the order of the 2am page.</summary>
public sealed class TwoAm(Browsers browsers, ToldOnce told)
{
    [Fact]
    public async Task On_a_desk_all_starred_items_stand_in_the_first_screen()
    {
        var page = await Why(new(false, false));
        foreach (var item in new[] { ".say", "#live .ladder >> nth=0", "#live time, #h-live small", "#back .cmd", "#call dl", "#changed h2", "#approved h2", "#day h2" })
            (await Bottom(page, item)).ShouldBeLessThanOrEqualTo(900, item);
    }

    [Fact]
    public async Task On_a_phone_the_sentence_what_is_live_and_the_command_stand_in_the_first_screen()
    {
        var page = await Why(new(true, true));
        foreach (var item in new[] { ".say", "#live .live", "#back .cmd" })
            (await Bottom(page, item)).ShouldBeLessThanOrEqualTo(844, item);
    }

    [Fact]
    public async Task It_says_who_approved_what_runs_beside_it_and_what_was_never_recorded()
    {
        var page = await Why(new(false, false));
        var words = await page.InnerTextAsync("main");
        foreach (var said in new[] { "not approved, in no registry", "96.2", "3.8", "approved by local:ana (unverified)", "unapproved-live", "raj", "payments-risk", "not recorded" })
            words.ShouldContain(said);
    }

    [Fact]
    public async Task The_moment_has_a_permalink_that_shows_the_past_and_the_way_back()
    {
        var page = await Why(new(false, false));
        await page.ClickAsync("text=permalink to this moment");
        page.Url.ShouldContain("?at=20");
        (await page.InnerTextAsync(".band >> nth=1")).ShouldStartWith("You are looking at the past");
    }

    async Task<IPage> Why(Form form)
    {
        var story = await told.Story();
        var window = await browsers.Window(form, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{story.Server.Url}/why/{Uri.EscapeDataString(Story.Model)}/production");
        return page;
    }

    static async Task<double> Bottom(IPage page, string item)
    {
        var box = await page.Locator(item).First.BoundingBoxAsync();
        box.ShouldNotBeNull(item);
        return box.Y + box.Height;
    }
}
