using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.EndToEnd.Cli;

/// <summary>What <c>assay evaluate</c> leaves for people and for CI, of a model that it cannot score: the reason stands everywhere, and nothing passes.</summary>
public sealed class ReportingAnEvaluation(Servers servers) : IDisposable
{
    readonly AssayProgram assay = new();

    public void Dispose() => assay.Dispose();

    [Theory, BothEngines]
    public async Task The_report_the_summary_and_the_versions_page_tell_the_same(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        var (suite, folder, step) = (Path.Combine(assay.Home, "suite.yaml"), Path.Combine(assay.Home, "out"), Path.Combine(assay.Home, "step.md"));
        await File.WriteAllTextAsync(suite, "apiVersion: assay/v1\nkind: InvariantSuite\nmetadata: {name: always}\ncases:\n  - {name: one, input: {instances: [[1]]}, expect: [{finite: true}]}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(step, "before\n", TestContext.Current.CancellationToken);
        (assay.Variables["ASSAY_URL"], assay.Variables["GITHUB_STEP_SUMMARY"]) = (server.Url, step);
        var answer = await assay.Run("evaluate", $"{version.Model}/{version.Number}", "--suite", suite, "--out", folder, "--json");
        answer.Code.ShouldBe(2, answer.Errors);
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["junit.xml", "report.html", "results.json", "summary.md"]);
        var summary = await File.ReadAllTextAsync(Path.Combine(folder, "summary.md"), TestContext.Current.CancellationToken);
        summary.ShouldContain("Invariants (always): 0 of 1 expectations hold");
        summary.ShouldContain($"({server.Url}/models/{Uri.EscapeDataString(version.Model)}/versions/{version.Number})");
        (await File.ReadAllTextAsync(step, TestContext.Current.CancellationToken)).ShouldBe($"before\n{summary}\n");
        var page = await server.Http.GetStringAsync($"/models/{Uri.EscapeDataString(version.Model)}/versions/{version.Number}/report", TestContext.Current.CancellationToken);
        Table(await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), TestContext.Current.CancellationToken)).ShouldBe(Table(page));
    }

    /// <summary>What does not hold, as the document has it: where the file and the page must be the same.</summary>
    static string Table(string html) => html[html.IndexOf("What does not hold", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];
}
