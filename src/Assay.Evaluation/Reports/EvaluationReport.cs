using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.Evaluation.Reports;

/// <summary>The report of <c>assay evaluate --out DIR</c>: <c>report.html</c> (needs nothing else), <c>results.json</c>, <c>junit.xml</c>.</summary>
public static class EvaluationReport
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the three files, making the folder where it is missing. Throws <see cref="IOException"/> where it cannot.</summary>
    /// <param name="outcome">What was found out.</param>
    /// <param name="title">The version measured, such as <c>fraud@sha256:1f8a…</c>.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="ct">Stops writing.</param>
    public static async Task Write(EvaluationOutcome outcome, string title, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var json = outcome.ToJson();
        json["version"] = title;
        await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), json.ToJsonString(Indented) + "\n", new UTF8Encoding(false), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "junit.xml"), JUnit.Of(outcome), new UTF8Encoding(false), ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.html"), HtmlReport.Of(outcome, title), new UTF8Encoding(false), ct);
    }
}
