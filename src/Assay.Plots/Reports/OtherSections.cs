using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>Tail, skew, and whatever else is a list of metrics.</summary>
internal static class OtherSections
{
    static readonly string[] WorstHeads = ["Row", "id", "#loss"];

    public static string Tail(Evaluation evaluation) => MetricTable.Of("Tail", evaluation.Metrics) + Worst(evaluation);

    /// <summary>Distances from zero against the limits that the measurement names; of each feature where there is one.</summary>
    public static string Skew(Evaluation evaluation)
    {
        var rows = evaluation.Metrics.Select(metric => (Of: "all", Metric: metric, Rows: metric.N))
            .Concat(evaluation.Slices.SelectMany(slice => slice.Metrics.Select(metric => (Of: slice.Name, Metric: metric, Rows: slice.Rows ?? metric.N)))).ToArray();
        return rows.Length == 0 ? MetricTable.Of("Skew", []) : string.Concat(rows.GroupBy(row => row.Metric.Name, StringComparer.Ordinal).Select(group => Bars(group.Key, [.. group])));
    }

    static string Bars(string name, (string Of, Metric Metric, long? Rows)[] rows)
    {
        var bars = rows.Select(row => row.Metric.Value is { } value ? new LimitBar(value, row.Metric.Interval?.Low, row.Metric.Interval?.High, row.Metric.Threshold) : null).ToArray();
        var scale = LimitBar.ScaleOf(bars.OfType<LimitBar>());
        string[] heads = ["Of", "#value", "#limit", "#rows", $"0 to {Figures.Of(scale.High)}, limit dashed"];
        var lines = rows.Zip(bars).OrderByDescending(row => row.Second?.Value ?? double.NegativeInfinity).Select(row =>
        {
            var (of, metric) = (row.First.Metric.Class ?? row.First.Of, row.First.Metric);
            var beyond = row.Second is { Limit: { } limit, Value: var value } && value > limit;
            return Markup.Row(heads, Markup.Text(of), [Markup.Text(Told.Value(metric)), metric.Threshold is { } bound ? Figures.Of(bound) + (beyond ? " " + Markup.Chip(Tone.Warn, "above") : "") : "–", Told.Count(row.First.Rows), row.Second?.Draw(of, scale) ?? ""]);
        });
        return $"<h4>{Markup.Text(name)}</h4>{Markup.Table(name, heads, lines, "fold forest")}";
    }

    static string Worst(Evaluation evaluation)
    {
        if (evaluation.Worst.Count == 0)
            return "";
        var lines = evaluation.Worst.Select(row => Markup.Row(WorstHeads, Figures.Count(row.Row), [Markup.Text(row.Id ?? "–"), row.Loss is { } loss ? Figures.Of(loss) : "–"]));
        return $"<h4>Rows that cost most{(evaluation.Loss is { } name ? $" <small>by {Markup.Text(name)}</small>" : "")}</h4>{Markup.Table("Rows that cost most", WorstHeads, lines)}";
    }
}
