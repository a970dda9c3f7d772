using System.Globalization;
using System.Text;
using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>The same measurement for a comment in CI: short, in Markdown, without a verdict.</summary>
public static class MarkdownSummary
{
    const int MostMetrics = 30, MostSlices = 5, MostProbes = 20, MostLetters = 200;

    /// <summary>The whole text.</summary>
    /// <param name="head">Which version it is about.</param>
    /// <param name="pieces">The evidence.</param>
    /// <param name="link">The version's page; null where it is not known.</param>
    public static string Of(ReportHead head, IReadOnlyList<ReportPiece> pieces, Uri? link)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### Evaluation of {Text(head.Title)}\n\n");
        if (head.Digest is { } digest)
            text.Append(CultureInfo.InvariantCulture, $"`{digest}`\n\n");
        foreach (var evaluation in pieces.Select(piece => piece.Evaluation))
            text.Append(CultureInfo.InvariantCulture, $"- {KindWords.Of(evaluation.Kind).Title}{(evaluation.Suite is { } suite ? $" ({Text(suite.Name)})" : "")}: {Text(Glance.Result(evaluation))}{(evaluation.Reviewed == false ? "; the suite is **not reviewed**" : "")}\n");
        if (pieces.Count == 0)
            text.Append("Nothing was measured.\n");
        Metrics(text, pieces);
        Slices(text, pieces);
        Probes(text, pieces);
        var missing = KindWords.Usual.Where(words => pieces.All(piece => piece.Evaluation.Kind != words.Kind)).Select(words => words.Title.ToLowerInvariant()).ToArray();
        if (missing.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nNot measured: {string.Join(", ", missing)}.\n");
        text.Append(link is null ? "\nA measurement judges nothing: the gate does.\n" : $"\n[The version and its verdicts]({link.AbsoluteUri.Replace(")", "%29", StringComparison.Ordinal)}) · a measurement judges nothing: the gate does.\n");
        return text.ToString();
    }

    static void Metrics(StringBuilder text, IReadOnlyList<ReportPiece> pieces)
    {
        var rows = pieces.Where(piece => piece.Evaluation.Kind is not ("slices" or "invariants")).SelectMany(piece => piece.Evaluation.Metrics).ToArray();
        if (rows.Length == 0)
            return;
        var paired = rows.Any(metric => metric.Delta is not null);
        text.Append(paired ? "\n| metric | value and interval | rows | other version | paired difference |\n| --- | --- | ---: | ---: | --- |\n" : "\n| metric | value and interval | rows |\n| --- | --- | ---: |\n");
        foreach (var metric in rows.Take(MostMetrics))
            text.Append(CultureInfo.InvariantCulture, $"| {Text(metric.Title)} | {Text(Told.Value(metric))}{(metric.Interval is { Approximate: true } ? ", approximate" : "")} | {Told.Count(metric.N)} |{(paired ? $" {Told.Baseline(metric)} | {Told.Difference(metric)} |" : "")}\n");
        Rest(text, rows.Length, MostMetrics, "metrics");
    }

    static void Slices(StringBuilder text, IReadOnlyList<ReportPiece> pieces)
    {
        foreach (var evaluation in pieces.Select(piece => piece.Evaluation).Where(evaluation => evaluation.Kind == "slices"))
        {
            var declared = evaluation.Slices.Where(slice => !slice.Discovered).ToArray();
            if (declared.SelectMany(slice => slice.Metrics).Select(metric => metric.Title).FirstOrDefault() is { } title)
            {
                var weakest = SliceTables.Weakest(declared, title).Where(row => row.Metric.Value is not null).ToArray();
                text.Append(CultureInfo.InvariantCulture, $"\n| weakest slices by {Text(title)} | value and interval | rows |\n| --- | --- | ---: |\n");
                foreach (var (slice, metric) in weakest.Take(MostSlices))
                    text.Append(CultureInfo.InvariantCulture, $"| {Text(slice.Name)} | {Text(Told.Value(metric))}{(SliceTables.Few(slice, metric) ? ", too small" : "")} | {Told.Count(slice.Rows)} |\n");
                Rest(text, weakest.Length, MostSlices, "slices");
            }
            foreach (var slice in evaluation.Slices.Where(slice => slice.Confirmed == true).Take(MostSlices))
                text.Append(CultureInfo.InvariantCulture, $"\nWeak slice, found and confirmed: {Text(slice.Name)} ({Told.Count(slice.Rows)} rows{(slice.Metrics.Count > 0 ? $", {slice.Metrics[0].Title.Replace('_', ' ')} {Told.Value(slice.Metrics[0])} against {Told.Baseline(slice.Metrics[0])} of all other rows" : "")}).\n");
        }
    }

    static void Probes(StringBuilder text, IReadOnlyList<ReportPiece> pieces)
    {
        var broken = pieces.SelectMany(piece => piece.Evaluation.Probes).Where(probe => !probe.Ok).ToArray();
        if (broken.Length == 0)
            return;
        text.Append("\nExpectations that do not hold or could not be measured:\n\n");
        foreach (var probe in broken.Take(MostProbes))
            text.Append(CultureInfo.InvariantCulture, $"- {Text(probe.Id)}: {Text(probe.Error ?? probe.Reason ?? $"saw {probe.Actual}")}\n");
        Rest(text, broken.Length, MostProbes, "expectations");
    }

    static void Rest(StringBuilder text, int all, int most, string what)
    {
        if (all > most)
            text.Append(CultureInfo.InvariantCulture, $"\n{all - most} more {what} are in the report.\n");
    }

    /// <summary>Text that cannot start a table, a link, a mention or markup of its own.</summary>
    static string Text(string text)
    {
        var safe = new StringBuilder();
        foreach (var letter in text.Length <= MostLetters ? text : text[..MostLetters] + "…")
            safe.Append(letter switch
            {
                '\r' or '\n' => " ",
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!' => "\\" + letter,
                _ => letter.ToString(),
            });
        return safe.ToString();
    }
}
