using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Plots.Reports;

namespace Assay.Evaluation.Reports;

/// <summary>The report of <c>assay evaluate --out DIR</c>: <c>report.html</c> (needs nothing else), <c>summary.md</c>, <c>results.json</c>, <c>junit.xml</c>.</summary>
public static class EvaluationReport
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files, making the folder where it is missing. Throws <see cref="IOException"/> where it cannot.</summary>
    /// <param name="outcome">What was found out.</param>
    /// <param name="head">The version measured.</param>
    /// <param name="pieces">The evidence, as <see cref="Pieces"/> reads it.</param>
    /// <param name="link">The version's page; null where it is not known.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="ct">Stops writing.</param>
    public static async Task Write(EvaluationOutcome outcome, ReportHead head, IReadOnlyList<ReportPiece> pieces, Uri? link, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var json = outcome.ToJson();
        json["version"] = head.Digest is { } digest ? $"{head.Model}@{digest}" : head.Model;
        Task Save(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text, new UTF8Encoding(false), ct);
        await Save("results.json", json.ToJsonString(Indented) + "\n");
        await Save("junit.xml", JUnit.Of(outcome));
        await Save("report.html", EvaluationPage.Of(head, pieces));
        await Save("summary.md", MarkdownSummary.Of(head, pieces, link));
    }

    /// <summary>The predicates as a report tells them.</summary>
    // Read from text, as everybody else will read them: a number in memory is not yet a number in JSON.
    public static IReadOnlyList<ReportPiece> Pieces(EvaluationOutcome outcome) =>
        [.. outcome.Predicates.Select(predicate => new ReportPiece(Contracts.Evidence.Evaluation.Read(new JsonMap(JsonNode.Parse(predicate.Json.ToJsonString())!.AsObject(), "$.predicate", []))))];
}
