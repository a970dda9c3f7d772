using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>Measured numbers as people read them, the same in the page and in Markdown. Nothing here is escaped.</summary>
internal static class Told
{
    /// <summary>A value with the interval behind it, or why there is none.</summary>
    public static string Value(Metric metric) =>
        metric.Value is not { } value ? metric.Error ?? Status(metric.Status) ?? "no value"
        : Number(value, metric.Interval) + (metric.Interval is { } interval ? " " + Interval(interval) : "");

    /// <summary>The paired difference with its interval; empty where nothing was compared.</summary>
    public static string Difference(Metric metric) =>
        metric.Delta is not { } delta ? ""
        : Figures.Signed(delta, Width(metric.DeltaInterval)) + (metric.DeltaInterval is { } interval ? " " + Interval(interval, signed: true) : "");

    /// <summary>The other version's value, with as many figures as this one's.</summary>
    public static string Baseline(Metric metric) => metric.Baseline is { } value ? Number(value, metric.Interval) : "";

    /// <summary>How the interval was made, at which level, and whether it only nearly holds it.</summary>
    public static string Method(Metric metric) =>
        metric.Value is null ? "" : metric.Interval is not { } interval ? "no interval"
        : $"{Figures.Percent(interval.Level)} {Named(interval.Method)}".TrimEnd() + (interval.Approximate ? ", approximate" : "");

    /// <summary>What a status means in words; null for none.</summary>
    public static string? Status(string? status) => status?.Replace('_', ' ');

    /// <summary>A count, or a dash where it does not apply.</summary>
    public static string Count(long? count) => count is { } number ? Figures.Count(number) : "–";

    /// <summary>A metric's interval as a bar on a scale of its neighbours.</summary>
    public static IntervalBar? Bar(Metric metric, bool few = false) =>
        metric.Value is { } value ? new(value, metric.Interval?.Low ?? Open(metric.Interval, double.NegativeInfinity), metric.Interval?.High ?? Open(metric.Interval, double.PositiveInfinity)) { Champion = metric.Baseline, Few = few } : null;

    /// <summary>The distance between bounds; NaN without both.</summary>
    public static double Width(MeasuredInterval? interval) => interval?.High - interval?.Low ?? double.NaN;

    static string Number(double value, MeasuredInterval? interval) => Figures.Of(value, Width(interval));

    static string Interval(MeasuredInterval interval, bool signed = false)
    {
        string Bound(double? bound, string open) => bound is { } number ? signed ? Figures.Signed(number, Width(interval)) : Figures.Of(number, Width(interval)) : open;
        return $"[{Bound(interval.Low, "−∞")}, {Bound(interval.High, "∞")}]";
    }

    static double? Open(MeasuredInterval? interval, double bound) => interval is null ? null : bound;

    static string Named(string? method) => method switch
    {
        "delong" or "paired-delong" => "DeLong",
        "clopper-pearson" => "Clopper–Pearson",
        "wilson" => "Wilson",
        "poisson-bootstrap" or "paired-bootstrap" => "bootstrap",
        "order-statistic" => "order statistic",
        "influence-logit" => "influence function",
        null => "",
        _ => method.Replace('-', ' '),
    };
}
