using Assay.Server.Pages.Layout;
using Assay.Server.Storage;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Assay.Tests.Browser;

/// <summary>What holds for every page in every form, looked at in a real browser on a real server.</summary>
public sealed class EveryPage(Servers servers, Browsers browsers, ToldOnce told) : IClassFixture<ToldOnce>
{
    /// <summary>Pages of an empty registry.</summary>
    static readonly string[] Empty = ["/", "/models", "/environments", "/experiments", "/experiments/0", "/ledger", "/status", "/search", "/help/reading"];

    const int MostBytes = 60_000;

    [Fact]
    public async Task An_empty_registry_can_be_read_in_every_form()
    {
        var server = await servers.Fresh(Engine.Sqlite);
        foreach (var form in Form.All)
            await Look(server.Url, Empty, form);
    }

    [Fact]
    public async Task A_registry_with_a_story_can_be_read_in_every_form()
    {
        var story = await told.Story();
        foreach (var form in Form.All)
            await Look(story.Server.Url, story.Pages, form);
    }

    [Fact]
    public async Task Without_script_a_page_says_the_same()
    {
        var story = await told.Story();
        var server = story.Server;
        await using var with = await browsers.Window(new(false, false));
        await using var without = await browsers.Window(new(false, false), script: false);
        foreach (var address in story.Pages)
            (await Words(without, server.Url + address)).ShouldBeSubsetOf(await Words(with, server.Url + address), address);
    }

    [Fact]
    public async Task The_theme_is_kept_without_script_and_goes_back_only_to_our_own_pages()
    {
        var server = await servers.On(Engine.Sqlite);
        await using var window = await browsers.Window(new(false, false), script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url + "/help/reading");
        await page.CheckAsync("#theme-dark");
        await page.ClickAsync("noscript button, .foot button");
        page.Url.ShouldBe(server.Url + "/help/reading");
        (await page.GetAttributeAsync("html", "data-theme")).ShouldBe("dark");
        await page.GotoAsync(server.Url + "/theme?theme=light&back=//evil.example/");
        page.Url.ShouldBe(server.Url + "/");
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_is_a_page_for_people()
    {
        var server = await servers.On(Engine.Sqlite);
        await using var window = await browsers.Window(new(true, false));
        var page = await window.NewPageAsync();
        var answer = await page.GotoAsync(server.Url + "/nowhere/<b>");
        answer!.Status.ShouldBe(404);
        (await page.InnerTextAsync("h1")).ShouldBe("There is no such page");
        (await page.QuerySelectorAsync("main b")).ShouldBeNull();
    }

    async Task Look(string server, IEnumerable<string> addresses, Form form)
    {
        await using var window = await browsers.Window(form);
        foreach (var address in addresses)
        {
            var said = new List<string>();
            var page = await window.NewPageAsync();
            page.Console += (_, message) => said.Add(message.Text);
            page.PageError += (_, error) => said.Add(error);
            var foreign = new List<string>();
            page.Request += (_, request) => { if (!request.Url.StartsWith(server, StringComparison.Ordinal)) foreign.Add(request.Url); };
            var answer = await page.GotoAsync(server + address);
            var where = $"{address}, {form}";
            answer!.Status.ShouldBe(200, where);
            ((await answer.TextAsync()).Length + Asset.Style.Bytes.Length + Asset.Script.Bytes.Length).ShouldBeLessThan(MostBytes, where);
            said.ShouldBeEmpty(where);
            foreign.ShouldBeEmpty(where);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, where);
            (await page.Locator("h1").CountAsync()).ShouldBe(1, where);
            (await page.Locator("[style]").CountAsync()).ShouldBe(0, where);
            // Structure is the same in every form but where the phone folds it, and the contrast of both themes is computed from the tokens: two forms say all that four would.
            if (form.Phone != form.Dark)
            {
                await page.CloseAsync();
                continue;
            }
            var axe = await page.RunAxe();
            axe.Violations.Select(finding => $"{finding.Id}: {finding.Nodes[0].Html}").ShouldBeEmpty(where);
            await page.CloseAsync();
        }
    }

    /// <summary>The words of the page but for those that tell the moment.</summary>
    static async Task<IReadOnlyList<string>> Words(IBrowserContext window, string address)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(address);
        var text = await page.InnerTextAsync("main");
        await page.CloseAsync();
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Any(char.IsDigit) && !Ages.Contains(word.Trim('(', ')', '.', ','))).Distinct()];
    }

    static readonly string[] Ages = ["just", "now", "ago", "s", "min", "under"];
}

/// <summary>The story is told once for all tests of the class.</summary>
public sealed class ToldOnce(Servers servers)
{
    readonly SemaphoreSlim one = new(1, 1);
    Story? story;

    public async Task<Story> Story()
    {
        await one.WaitAsync();
        try
        {
            return story ??= await Browser.Story.On(await servers.Fresh(Engine.Sqlite));
        }
        finally
        {
            one.Release();
        }
    }
}
