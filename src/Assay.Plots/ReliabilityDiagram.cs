using Assay.Contracts.Evidence;
using Assay.Statistics;

namespace Assay.Plots;

/// <summary>What was predicted beside what happened, bin by bin, each with Wilson's interval of its share.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Bins">From the evidence; a bin without rows is left out.</param>
public sealed record ReliabilityDiagram(string Id, IReadOnlyList<ReliabilityBin> Bins)
{
    /// <summary>Bins with fewer rows are dashed.</summary>
    public const int FewRows = 100;

    /// <summary>The level of the intervals.</summary>
    public const double Level = 0.95;

    /// <summary>The picture.</summary>
    public string Draw()
    {
        var square = new Square(Id, "Reliability", Description(), "mean predicted score", "observed share");
        square.Reference(new(0, 0), new(1, 1));
        foreach (var bin in Drawn)
        {
            var (low, high) = Bounds(bin);
            square.Mark(new(bin.Mean, bin.Share), low, high, bin.N < FewRows);
        }
        return square.Done();
    }

    /// <summary>Where prediction and truth part, in words.</summary>
    public string Description()
    {
        var apart = Drawn.Where(bin => Bounds(bin) is var (low, high) && (bin.Mean < low || bin.Mean > high)).ToArray();
        var said = Drawn.Count == 0 ? "There is no bin with rows."
            : apart.Length == 0 ? $"In all {Drawn.Count} bins the predicted mean lies within the interval of the observed share."
            : $"In {apart.Length} of {Drawn.Count} bins the predicted mean lies outside the interval of the observed share, most at {Figures.Of(Worst(apart).Mean, 0.01)} predicted and {Figures.Of(Worst(apart).Share, 0.01)} observed.";
        return said + " The dotted line is perfect agreement.";
    }

    /// <summary>The bins with rows, by prediction.</summary>
    public IReadOnlyList<ReliabilityBin> Drawn => [.. Bins.Where(bin => bin.N > 0 && bin.Share is >= 0 and <= 1).OrderBy(bin => bin.Mean)];

    /// <summary>Wilson's interval of a bin's share.</summary>
    public static (double Low, double High) Bounds(ReliabilityBin bin)
    {
        var interval = Proportions.Wilson((long)Math.Round(bin.Share * bin.N), bin.N, Level);
        return (interval.Low, interval.High);
    }

    static ReliabilityBin Worst(IEnumerable<ReliabilityBin> bins) => bins.MaxBy(bin => Math.Abs(bin.Mean - bin.Share));
}
