using Assay.Contracts.Evidence;

namespace Assay.Plots;

/// <summary>How the scores of either class are spread: a lane each, each as high as its own fullest bin, because a rare class would not be seen beside the other.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Bins">From the evidence, in order, with how many of each are positive.</param>
public sealed record ScoreLanes(string Id, IReadOnlyList<HistogramBin> Bins)
{
    /// <summary>What the upper lane is called.</summary>
    public string Positive { get; init; } = "positive rows";

    const int Lane = 58, Top = 16, Between = 22, Foot = 20;

    /// <summary>The picture.</summary>
    public string Draw()
    {
        const int height = Top + Lane + Between + Lane + Foot;
        var svg = new Svg(height, Id, "Scores by class", Description());
        Draw(svg, "bar f2", [.. Bins.Select(bin => bin.Positive ?? 0)], Top, Positive);
        Draw(svg, "bar f1", [.. Bins.Select(bin => bin.N - (bin.Positive ?? 0))], Top + Lane + Between, "all other rows");
        if (Bins.Count > 0)
        {
            svg.Word(0, height - 5, Figures.Of(Bins[0].From ?? 0));
            svg.Word(1, height - 5, $"score {Figures.Of(Bins[^1].To ?? 1)}", anchor: "end");
        }
        return svg.Done();
    }

    /// <summary>Where either class has its scores, in words.</summary>
    public string Description() => Bins.Count == 0 ? "There are no scores." : $"{Said(Positive, bin => bin.Positive ?? 0)} {Said("all other rows", bin => bin.N - (bin.Positive ?? 0))} Each lane is scaled to its own fullest bin.";

    string Said(string name, Func<HistogramBin, long> count)
    {
        var all = Bins.Sum(count);
        return all == 0 ? $"There are no {name}." : $"Of {Figures.Count(all)} {name}, {Figures.Percent(Bins.Max(count) / (double)all)} have a score of {Histogram.Range(Bins.MaxBy(count))}.";
    }

    static void Draw(Svg svg, string css, IReadOnlyList<long> counts, int top, string name)
    {
        var most = Math.Max(1, counts.DefaultIfEmpty(0).Max());
        var wide = 1.0 / Math.Max(1, counts.Count);
        for (var nth = 0; nth < counts.Count; nth++)
        {
            // A bin with a single row among millions is still a line to see.
            var high = counts[nth] == 0 ? 0 : Math.Max(1, counts[nth] / (double)most * Lane);
            if (high > 0)
                svg.Bar(css, nth * wide, (nth + 1) * wide, top + Lane - high, high);
        }
        svg.Level("ax0", top + Lane);
        svg.Word(0.5, top - 4, $"{name}: {Figures.Count(counts.Sum())}, fullest bin {Figures.Count(counts.DefaultIfEmpty(0).Max())}", anchor: "middle");
    }
}
