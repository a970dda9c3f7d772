using Assay.Plots.Reports;
using Assay.Tests.Unit.Plots;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Assay.Tests.Browser;

/// <summary>The report in a real browser: from the registry under its own content policy, and as a file.</summary>
public sealed class ReportPage(Browsers browsers, ToldOnce told)
{
    [Fact]
    public async Task The_report_of_a_version_can_be_read_in_every_form()
    {
        var story = await told.Story();
        foreach (var version in new[] { 1, 3 })
            await Look($"{story.Server.Url}/models/{Uri.EscapeDataString(Story.Model)}/versions/{version}/report");
    }

    [Fact]
    public async Task A_file_with_every_kind_can_be_read_in_every_form()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("assay-report-").FullName, "report.html");
        await File.WriteAllTextAsync(file, EvaluationPage.Of(ReportExample.Head, ReportExample.Pieces), TestContext.Current.CancellationToken);
        try
        {
            await Look(new Uri(file).AbsoluteUri);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    async Task Look(string address)
    {
        await using var window = await browsers.Window(Form.All[0]);
        var page = await window.NewPageAsync();
        List<string> said = [];
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        await page.GotoAsync(address);
        foreach (var form in Form.All)
        {
            await page.SetViewportSizeAsync(form.Width, form.Height);
            await page.EmulateMediaAsync(new() { ColorScheme = form.Dark ? ColorScheme.Dark : ColorScheme.Light });
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{address}, {form}");
            (await page.RunAxe()).Violations.Select(finding => $"{finding.Id}: {finding.Nodes[0].Html}").ShouldBeEmpty($"{address}, {form}");
        }
        // The style is allowed by its digest: without it the ground would be white in the dark.
        (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldNotBe("rgba(0, 0, 0, 0)");
        said.ShouldBeEmpty(address);
    }
}
