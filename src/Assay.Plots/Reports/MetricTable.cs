using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>Metrics of all rows: value, interval, how it was made; and beside it the version compared with and the paired difference against zero.</summary>
internal static class MetricTable
{
    static readonly string[] Alone = ["Metric", "#value", "on its own scale", "#rows", "interval by"];
    static readonly string[] Paired = ["Metric", "#value", "on its own scale", "#rows", "interval by", "#other version", "#paired difference", "difference, zero dotted"];

    public static string Of(string label, IReadOnlyList<Metric> metrics)
    {
        if (metrics.Count == 0)
            return """<p class="m">The evidence carries no metric.</p>""";
        var heads = metrics.Any(metric => metric.Delta is not null) ? Paired : Alone;
        return Markup.Table(label, heads, metrics.Select(metric => Row(heads, metric)), "fold forest");
    }

    static string Row(string[] heads, Metric metric)
    {
        var name = Markup.Text(metric.Title) + (metric.Direction is { } way ? $" <small class=\"m\">{way} is better</small>" : "");
        if (metric.Value is null)
            return Markup.Row(heads, metric.Error is { } why ? $"{name} <small>{Markup.Text(why)}</small>" : name, [Markup.Chip(Tone.None, metric.Error is null ? Told.Status(metric.Status) ?? "no value" : "not measured"), "", Told.Count(metric.N), "", .. heads == Paired ? ["", "", ""] : Array.Empty<string>()]);
        List<string> cells = [Markup.Text(Told.Value(metric)), metric.Interval is null && metric.Baseline is null ? "" : Told.Bar(metric, metric.Status == "too_small")!.Draw(metric.Title), Told.Count(metric.N), Markup.Text(Told.Method(metric)) + (metric.Status is { } status ? " " + Markup.Chip(Tone.None, Told.Status(status)!) : "")];
        if (heads == Paired)
            cells.AddRange([Markup.Text(Told.Baseline(metric)), Markup.Text(Told.Difference(metric)), Difference(metric)]);
        return Markup.Row(heads, name, cells);
    }

    static string Difference(Metric metric) => metric.Delta is not { } delta ? ""
        : new IntervalBar(delta, metric.DeltaInterval?.Low, metric.DeltaInterval?.High) { Champion = 0 }.Draw($"difference of {metric.Title}");
}
