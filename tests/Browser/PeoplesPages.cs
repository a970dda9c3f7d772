using Assay.Server.Storage;
using Assay.Tests.Builders;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Assay.Tests.Browser;

/// <summary>Signing in with a real browser at a real provider, and the pages that only people see.</summary>
public sealed class PeoplesPages(Servers servers, Browsers browsers)
{
    [Fact]
    public async Task A_person_signs_in_makes_a_token_confirms_a_program_and_signs_out()
    {
        await using var provider = await SignInProvider.Start();
        provider.Groups["alice"] = ["trainers", "fraud-readers", "risk"];
        var server = await servers.SignedInAt(provider);
        await using var window = await browsers.Window(new(false, false), script: true);
        await window.AddCookiesAsync([new() { Name = "at-provider", Value = "alice", Url = provider.Issuer }]);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url + "/experiments");
        (await page.InnerTextAsync("h1")).ShouldBe("Sign in to Assay");
        await LooksRight(page, "signin");
        await page.ClickAsync("text=Continue with company sign-in");
        page.Url.ShouldBe(server.Url + "/experiments");
        (await page.InnerTextAsync(".who")).ShouldContain("alice of Example");
        await LooksRight(page, "experiments");
        await page.ClickAsync(".who a");
        await LooksRight(page, "you");
        await page.FillAsync("#tn", "laptop");
        await page.CheckAsync("fieldset input[value=viewer]");
        await page.ClickAsync("text=Make it");
        (await page.InputValueAsync("input[readonly]")).ShouldStartWith("assay_pat_");
        await LooksRight(page, "made");
        await page.ClickAsync("[aria-label='Revoke laptop']");
        page.Url.ShouldBe(server.Url + "/you");
        (await page.QuerySelectorAsync("[aria-label='Revoke laptop']")).ShouldBeNull();
        var answer = await server.Given.Send(new(HttpMethod.Post, "/oidc/device_authorization") { Content = new FormUrlEncodedContent([new("client_name", "build-7")]) });
        await page.GotoAsync(server.Url + "/device");
        await LooksRight(page, "device");
        await page.FillAsync("#code", ((string)answer.Json["user_code"]!).ToLowerInvariant());
        await page.ClickAsync("main button");
        await LooksRight(page, "confirm");
        await page.ClickAsync("text=Sign it in");
        (await page.InnerTextAsync("main")).ShouldContain("signed in as you");
        await LooksRight(page, "confirmed");
        (await page.GotoAsync(server.Url + "/device?code=BBBB-BBBB"))!.Status.ShouldBe(404);
        await LooksRight(page, "no-device");
        await page.GotoAsync(server.Url + "/you");
        await page.ClickAsync("main >> text=Sign out");
        page.Url.ShouldBe(server.Url + "/signin");
        (await page.GotoAsync(server.Url + "/"))!.Url.ShouldBe(server.Url + "/signin?return=%2F");
    }

    [Fact]
    public async Task Whoever_may_not_look_is_told_why_on_a_page_and_whoever_is_refused_can_try_again()
    {
        await using var provider = await SignInProvider.Start();
        var server = await servers.SignedInAt(provider);
        await using var window = await browsers.Window(new(false, false), script: true);
        var page = await window.NewPageAsync();
        await page.GotoAsync(server.Url + "/signin/start?return=/ledger");
        (await page.InnerTextAsync("main")).ShouldContain("access_denied");
        await LooksRight(page, "refused");
        await window.AddCookiesAsync([new() { Name = "at-provider", Value = "nobody", Url = provider.Issuer }]);
        await page.GotoAsync(server.Url + "/signin/start?return=/ledger");
        (await page.InnerTextAsync("h1")).ShouldContain("person:nobody may not look at");
        await LooksRight(page, "may-not");
    }

    static async Task LooksRight(IPage page, string name)
    {
        foreach (var form in Form.All)
        {
            await page.SetViewportSizeAsync(form.Width, form.Height);
            await page.EmulateMediaAsync(new() { ColorScheme = form.Dark ? ColorScheme.Dark : ColorScheme.Light });
            if (Environment.GetEnvironmentVariable("SHOTS") is { } shots)
                await page.ScreenshotAsync(new() { Path = $"{shots}/{name}-{form.ToString().Replace(", ", "-", StringComparison.Ordinal)}.png", FullPage = true });
            (await page.Locator("h1").CountAsync()).ShouldBe(1, name);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{name}, {form}");
            if (form.Phone == form.Dark)
                (await page.RunAxe()).Violations.Select(finding => $"{finding.Id}: {finding.Nodes[0].Html}").ShouldBeEmpty($"{name}, {form}");
        }
        await page.SetViewportSizeAsync(1440, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
