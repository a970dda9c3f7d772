using System.Text.Json.Nodes;
using Assay.Client.Verification;

namespace Assay.Cli.Surface;

/// <summary>A verification for people and as JSON.</summary>
internal static class ReportText
{
    public static void Print(Output to, VerificationReport report)
    {
        to.Line(Words.Columns(report.Checks.Select(c => (IReadOnlyList<string>)[c.Ok ? "ok" : "FAILED", c.Name, c.Text])));
        foreach (var failure in report.Failures)
            to.Note($"verification failed: {failure.Name}: {failure.Text}");
        to.Line("A recall cannot be seen offline: ask the registry with assay why.");
    }

    public static JsonArray Checks(VerificationReport report) =>
        new([.. report.Checks.Select(c => new JsonObject { ["name"] = c.Name, ["ok"] = c.Ok, ["text"] = c.Text })]);
}
