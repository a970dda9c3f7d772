using Assay.Contracts.Evidence;

namespace Assay.Plots;

/// <summary>How values are spread: bars from a true zero. Bins that are open to one side stand at the edges, hatched by their dashes.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Title">What is spread, such as <c>Residuals</c>.</param>
/// <param name="Bins">In order; a null bound is open.</param>
public sealed record Histogram(string Id, string Title, IReadOnlyList<HistogramBin> Bins)
{
    /// <summary>What the values are, for the axis.</summary>
    public string Axis { get; init; } = "value";

    const int Height = 150, Top = 14, Foot = 20;

    /// <summary>The picture.</summary>
    public string Draw()
    {
        var svg = new Svg(Height, Id, Title, Description());
        int inner = Height - Top - Foot, floor = Height - Foot;
        var most = Math.Max(1, Bins.Select(bin => bin.N).DefaultIfEmpty(0).Max());
        var height = new Scale(0, most);
        var ticks = Ticks.Of(height, 3);
        foreach (var tick in ticks)
            svg.Level("ax", floor - (height.Of(tick.At) * inner));
        var wide = 1.0 / Math.Max(1, Bins.Count);
        foreach (var (bin, nth) in Bins.Select((bin, nth) => (bin, nth)))
            if (bin.N > 0)
                svg.Bar(bin.From is null || bin.To is null ? "unseen" : "bar f1", nth * wide, (nth + 1) * wide, floor - (height.Of(bin.N) * inner), height.Of(bin.N) * inner);
        svg.Level("ax0", floor);
        if (Zero() is { } zero)
        {
            svg.Upright("ref", zero, Top, floor);
            svg.Word(zero, Height - 5, "0", anchor: "middle");
        }
        var edges = Bins.Where(bin => bin.From is not null && bin.To is not null).ToArray();
        if (edges.Length > 0)
        {
            svg.Word(0, Height - 5, Bins[0].From is null ? $"< {Figures.Of(edges[0].From!.Value)}" : Figures.Of(edges[0].From!.Value));
            svg.Word(1, Height - 5, $"{Axis} {(Bins[^1].To is null ? "> " : "")}{Figures.Of(edges[^1].To!.Value)}", anchor: "end");
        }
        foreach (var tick in ticks.Where(tick => tick.At > 0))
            svg.Word(0, floor - (height.Of(tick.At) * inner) - 3, tick.Text);
        return svg.Done();
    }

    /// <summary>Where the values lie, in words.</summary>
    public string Description()
    {
        var all = Bins.Sum(bin => bin.N);
        if (all == 0)
            return "There are no values.";
        var top = Bins.MaxBy(bin => bin.N);
        var outside = Bins.Where(bin => bin.From is null || bin.To is null).Sum(bin => bin.N);
        return $"{Figures.Count(all)} values; the fullest bin is {Range(top)} with {Figures.Count(top.N)}." + (outside > 0 ? $" {Figures.Count(outside)} lie in the open bins at the edges, drawn dashed." : "");
    }

    /// <summary>A bin's bounds as people read them.</summary>
    public static string Range(HistogramBin bin) => (bin.From, bin.To) switch
    {
        ({ } from, { } to) => $"{Figures.Of(from)} to {Figures.Of(to)}",
        (null, { } to) => $"below {Figures.Of(to)}",
        ({ } from, null) => $"above {Figures.Of(from)}",
        _ => "everything",
    };

    /// <summary>Where zero stands among bins of one width; null when it lies in no bin or at an end.</summary>
    double? Zero()
    {
        for (var nth = 0; nth < Bins.Count; nth++)
            if (Bins[nth] is { From: { } from, To: { } to } && from <= 0 && to > 0 && nth > 0 && nth < Bins.Count - 1)
                return (nth + (-from / (to - from))) / Bins.Count;
        return null;
    }
}
