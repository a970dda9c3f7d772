using Assay.Server.Pages.Layout;
using Assay.Server.Storage;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Assay.Tests.Browser;

/// <summary>What holds for every page in every form, looked at in a real browser on a real server.</summary>
public sealed class EveryPage(Servers servers, Browsers browsers, ToldOnce told)
{
    /// <summary>Pages of an empty registry.</summary>
    static readonly string[] Empty = ["/", "/models", "/environments", "/experiments", "/experiments/0", "/ledger", "/status", "/search", "/help/reading"];

    const int MostBytes = 60_000;

    [Fact]
    public async Task An_empty_registry_can_be_read_in_every_form()
    {
        await using var server = await servers.Fresh(Engine.Sqlite);
        await Look(server.Url, Empty);
    }

    [Fact]
    public async Task A_registry_with_a_story_can_be_read_in_every_form()
    {
        var story = await told.Story();
        await Look(story.Server.Url, story.Pages);
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

    /// <summary>Loads each page once and looks at it in every form: a resize and a change of theme need no second answer of the server.</summary>
    async Task Look(string server, IEnumerable<string> addresses)
    {
        await using var window = await browsers.Window(Form.All[0]);
        var page = await window.NewPageAsync();
        List<string> said = [], foreign = [];
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        page.Dialog += (_, dialog) => { said.Add("dialog " + dialog.Message); _ = dialog.DismissAsync(); };
        page.Request += (_, request) => { if (!request.Url.StartsWith(server, StringComparison.Ordinal)) foreign.Add(request.Url); };
        foreach (var address in addresses)
        {
            var answer = await page.GotoAsync(server + address);
            answer!.Status.ShouldBe(200, address);
            ((await answer.TextAsync()).Length + Asset.Style.Bytes.Length + Asset.Script.Bytes.Length).ShouldBeLessThan(MostBytes, address);
            (await page.Locator("h1").CountAsync()).ShouldBe(1, address);
            (await page.Locator("[style], [onerror], [onclick], main img").CountAsync()).ShouldBe(0, address);
            foreach (var form in Form.All)
            {
                await page.SetViewportSizeAsync(form.Width, form.Height);
                await page.EmulateMediaAsync(new() { ColorScheme = form.Dark ? ColorScheme.Dark : ColorScheme.Light });
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{address}, {form}");
                // The contrast of both themes is computed from the tokens; what a phone folds is the other thing that differs: two forms say all that four would.
                if (form.Phone == form.Dark)
                    (await page.RunAxe()).Violations.Select(finding => $"{finding.Id}: {finding.Nodes[0].Html}").ShouldBeEmpty($"{address}, {form}");
            }
            said.ShouldBeEmpty(address);
            foreign.ShouldBeEmpty(address);
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
