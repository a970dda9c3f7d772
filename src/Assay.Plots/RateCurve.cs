namespace Assay.Plots;

/// <summary>What a rate curve shows.</summary>
public enum RateKind
{
    /// <summary>True positive rate over false positive rate.</summary>
    Roc,
    /// <summary>Precision over recall.</summary>
    Precision,
}

/// <summary>A ROC or precision-recall curve, of one score or of several classes.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Lines">At most four tell apart by colour and dash; points rise in X, and both numbers lie from 0 to 1.</param>
public sealed record RateCurve(string Id, RateKind Kind, IReadOnlyList<Series> Lines)
{
    /// <summary>The most lines that one picture tells apart; the table has all.</summary>
    public const int MostLines = 4;

    static readonly double[] FalseRates = [0.001, 0.01, 0.05, 0.1, 0.2, 0.5], Recalls = [0.1, 0.25, 0.5, 0.75, 0.9];

    /// <summary>How far the false positive rate is shown: where the class is rare, only low ones can be used.</summary>
    public double Until { get; init; } = 1;

    /// <summary>The share of positive rows, from 0 to 1: the precision of guessing. Null when not known.</summary>
    public double? Prevalence { get; init; }

    /// <summary>What it is called.</summary>
    public string Title => Kind is RateKind.Roc ? "ROC curve" : "Precision and recall";

    /// <summary>The places that the table beside the picture tells.</summary>
    public IReadOnlyList<double> Places => Kind is RateKind.Roc ? FalseRates : Recalls;

    /// <summary>The picture.</summary>
    public string Draw()
    {
        var roc = Kind is RateKind.Roc;
        var square = roc
            ? new Square(Id, Title, Description(), Until < 1 ? $"false positive rate, 0 to {Figures.Of(Until)}" : "false positive rate", "true positive rate", Until)
            : new Square(Id, Title, Description(), "recall", "precision");
        if (roc)
            square.Reference(new(0, 0), new(Until, Until));
        else if (Prevalence is { } share)
            square.Reference(new(0, share), new(1, share));
        foreach (var (line, nth) in Lines.Take(MostLines).Select((line, nth) => (line, nth)))
            square.Line(LineChart.Colour(nth), line.Points);
        return square.Done();
    }

    /// <summary>What the curve does, in words.</summary>
    public string Description()
    {
        var at = Kind is RateKind.Roc ? Until < 1 ? 0.01 : 0.1 : 0.5;
        var said = Lines.Take(MostLines).Where(line => line.Points.Count > 1).Select(line => Kind is RateKind.Roc
            ? $"{line.Name} finds {Figures.Percent(At(line.Points, at))} of the positive rows at a false positive rate of {Figures.Percent(at)}."
            : $"{line.Name} has a precision of {Figures.Percent(At(line.Points, at))} where it finds half of the positive rows.");
        var rest = Lines.Count > MostLines ? $" {Lines.Count - MostLines} more classes are in the table." : "";
        return string.Join(" ", said) + (Kind is RateKind.Roc ? " The dotted line is guessing." : Prevalence is { } share ? $" The dotted line is guessing: {Figures.Percent(share)}." : "") + rest;
    }

    /// <summary>The height of a curve at a place, on the straight line between its points.</summary>
    public static double At(IReadOnlyList<Point> points, double x)
    {
        if (points.Count == 0)
            return double.NaN;
        for (var at = 0; at < points.Count; at++)
        {
            if (points[at].X < x)
                continue;
            var (after, before) = (points[at], at == 0 ? points[at] : points[at - 1]);
            // Where the curve stands upright its upper end counts at that very place.
            if (after.X == x)
                return points.Skip(at).TakeWhile(point => point.X == x).Max(point => point.Y);
            return after.X == before.X ? after.Y : before.Y + ((after.Y - before.Y) * (x - before.X) / (after.X - before.X));
        }
        return points[^1].Y;
    }
}
