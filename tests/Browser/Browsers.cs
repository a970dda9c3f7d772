using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Assay.Tests.Browser.Browsers))]

namespace Assay.Tests.Browser;

/// <summary>One real Chromium for all browser tests; Debian's, or the one named by ASSAY_TEST_CHROMIUM.</summary>
public sealed class Browsers : IAsyncDisposable
{
    readonly SemaphoreSlim one = new(1, 1);
    IPlaywright? playwright;
    IBrowser? chromium;

    /// <summary>A new window; closed by the caller.</summary>
    public async Task<IBrowserContext> Window(Form form, bool script = true)
    {
        await one.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            chromium ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("ASSAY_TEST_CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            one.Release();
        }
        return await chromium.NewContextAsync(new()
        {
            ViewportSize = new() { Width = form.Width, Height = form.Height },
            ColorScheme = form.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = script,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>How a page is looked at.</summary>
public sealed record Form(bool Phone, bool Dark)
{
    public static readonly IReadOnlyList<Form> All = [new(false, false), new(false, true), new(true, false), new(true, true)];

    public int Width => Phone ? 390 : 1440;

    public int Height => Phone ? 844 : 900;

    public override string ToString() => $"{(Phone ? "phone" : "desk")}, {(Dark ? "dark" : "light")}";
}
