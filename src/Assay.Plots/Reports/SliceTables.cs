using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>The same metric on parts of the rows, as a forest plot: one bar a row, all on one scale, the weakest first. A slice with too few rows stays, dashed, with its word.</summary>
internal static class SliceTables
{
    /// <summary>More rows than this are in the evidence only.</summary>
    public const int Most = 60;

    static readonly string[] Search = ["Slice", "standing", "#rows", "#mean loss on the other half", "#of all other rows", "#effect", "#adjusted p", "mean loss, all other rows dotted"];

    public static string Of(Evaluation evaluation)
    {
        var declared = evaluation.Slices.Where(slice => !slice.Discovered).ToArray();
        var titles = declared.SelectMany(slice => slice.Metrics).Select(metric => metric.Title).Distinct(StringComparer.Ordinal).ToArray();
        var tables = titles.Select((title, nth) => nth == 0 ? $"<h4>{Markup.Text(title)}</h4>{Forest(evaluation, declared, title)}" : Markup.Details($"{title} by slice", Forest(evaluation, declared, title)));
        return string.Concat(tables) + Found([.. evaluation.Slices.Where(slice => slice.Discovered)]);
    }

    /// <summary>The slices that have this metric, the weakest first; those without a value last.</summary>
    public static IReadOnlyList<(Slice Slice, Metric Metric)> Weakest(IEnumerable<Slice> slices, string title)
    {
        var rows = slices.Select(slice => (Slice: slice, Metric: slice.Metrics.FirstOrDefault(metric => metric.Title == title))).Where(row => row.Metric is not null).Select(row => (row.Slice, Metric: row.Metric!)).ToArray();
        var lower = rows.Any(row => row.Metric.Direction == "lower");
        return [.. rows.OrderBy(row => row.Metric.Value is null).ThenBy(row => Few(row.Slice, row.Metric)).ThenBy(row => lower ? -row.Metric.Value : row.Metric.Value)];
    }

    /// <summary>Has it too few rows to tell anything?</summary>
    public static bool Few(Slice slice, Metric metric) => slice.Status == "too_small" || metric.Status == "too_small";

    static string Forest(Evaluation evaluation, Slice[] slices, string title)
    {
        var rows = Weakest(slices, title);
        var whole = evaluation.Metrics.FirstOrDefault(metric => metric.Title == title);
        var bars = rows.Take(Most).Select(row => Told.Bar(row.Metric)).Append(whole is null ? null : Told.Bar(whole)).OfType<IntervalBar>().ToArray();
        var scale = IntervalBar.ScaleOf(bars);
        string[] heads = ["Slice", "#rows", "#value", "standing", $"{Figures.Of(scale.Low, scale.High - scale.Low)} to {Figures.Of(scale.High, scale.High - scale.Low)}{(whole is null ? "" : ", all rows dotted")}"];
        List<string> lines = [];
        if (whole is not null)
            lines.Add(Markup.Row(heads, "all rows", [Told.Count(whole.N), Markup.Text(Told.Value(whole)), "", Told.Bar(whole)?.Draw("all rows", scale) ?? ""]));
        foreach (var (slice, metric) in rows.Take(Most))
        {
            var few = Few(slice, metric);
            var bar = Told.Bar(metric, few);
            lines.Add(Markup.Row(heads, Markup.Text(slice.Name), [Told.Count(slice.Rows ?? metric.N), Markup.Text(Told.Value(metric)), few ? Markup.Chip(Tone.None, "too small") : "", bar is null ? "" : (bar with { Champion = whole?.Value }).Draw(slice.Name, scale)]));
        }
        var rest = rows.Count > Most ? $"<p class=\"m s\">The {Most} weakest of {rows.Count} slices; all are in the evidence.</p>" : "";
        return Markup.Table($"{title} by slice", heads, lines, "fold forest") + rest;
    }

    static string Found(IReadOnlyList<Slice> found)
    {
        if (found.Count == 0)
            return "";
        var rows = found.OrderByDescending(slice => slice.Confirmed ?? false).ThenByDescending(slice => slice.Effect).Select(slice => (Slice: slice, Loss: slice.Metrics.Count > 0 ? slice.Metrics[0] : null)).ToArray();
        var scale = IntervalBar.ScaleOf(rows.Select(row => row.Loss is null ? null : Told.Bar(row.Loss)).OfType<IntervalBar>());
        var lines = rows.Select(row => Markup.Row(Search, Markup.Text(row.Slice.Name), [
            row.Slice.Confirmed == true ? Markup.Chip(Tone.Warn, "confirmed") : Markup.Chip(Tone.None, "only named"),
            Told.Count(row.Slice.Rows), row.Loss is null ? "" : Markup.Text(Told.Value(row.Loss)), row.Loss is null ? "" : Markup.Text(Told.Baseline(row.Loss)),
            row.Slice.Effect is { } effect ? Figures.Of(effect, 1) : "", row.Slice.AdjustedP is { } p ? Figures.Of(Math.Round(p, 4)) : "",
            row.Loss is null ? "" : (Told.Bar(row.Loss)! with { Few = row.Slice.Confirmed != true }).Draw(row.Slice.Name, scale)]));
        var confirmed = found.Count(slice => slice.Confirmed == true);
        return $"""<h4>Weak slices that a search found <small>{confirmed} of {found.Count} confirmed</small></h4><p class="m s">Found on one half of the rows, looked at again on the other: the numbers are those of the other half. What is only named may be luck.</p>{Markup.Table("Weak slices that a search found", Search, lines, "fold forest")}""";
    }
}
