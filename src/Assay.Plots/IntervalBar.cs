namespace Assay.Plots;

/// <summary>One measured value with what it is judged against. The text beside it must repeat every number.</summary>
/// <param name="Point">The estimate.</param>
/// <param name="Low">Lower bound of the interval; null when there is none.</param>
/// <param name="High">Upper bound of the interval; null when there is none.</param>
public sealed record IntervalBar(double Point, double? Low, double? High)
{
    /// <summary>The threshold of the policy: red dashes.</summary>
    public double? Wanted { get; init; }

    /// <summary>The champion's value: dots.</summary>
    public double? Champion { get; init; }

    /// <summary>The verdict; the bar takes its colour.</summary>
    public Tone Tone { get; init; } = Tone.Info;

    /// <summary>Too few rows to tell anything: the bar is dashed and grey, and its row says so in a word.</summary>
    public bool Few { get; init; }

    const int Height = 16, Middle = 8;

    /// <summary>The bar on a scale of its own, or on that of its neighbours (a forest plot is one bar a row, all on one scale).</summary>
    /// <param name="name">What is measured; begins the label that screen readers say.</param>
    /// <param name="scale">The scale that all rows share.</param>
    public string Draw(string name, Scale? scale = null)
    {
        var on = scale ?? ScaleOf([this]);
        var svg = new Svg(Height, Label(name));
        svg.Level("ax", Middle);
        if (Wanted is { } wanted && double.IsFinite(wanted))
            svg.Upright("lim", on.Of(wanted), 0, Height);
        if (Champion is { } champion && double.IsFinite(champion))
            svg.Upright("ref", on.Of(champion), 0, Height);
        if (Low is { } low && High is { } high && !double.IsNaN(low) && !double.IsNaN(high))
            svg.Piece($"ci{(Few ? " few" : "")} s-{Shown.Css()}", on.Of(low), on.Of(high), Middle);
        if (!double.IsNaN(Point))
            svg.Dot($"pt s-{Shown.Css()}", on.Of(Point), Middle);
        return svg.Done();
    }

    Tone Shown => Few ? Tone.None : Tone;

    /// <summary>Every number of the bar in words.</summary>
    public string Label(string name)
    {
        var width = High - Low ?? double.NaN;
        var text = $"{name}: {Figures.Of(Point, width)}";
        text += Low is { } low && High is { } high ? $", interval {Figures.Of(low, width)} to {Figures.Of(high, width)}" : ", no interval";
        if (Wanted is { } wanted)
            text += $"; wanted {Figures.Of(wanted)}";
        return Champion is { } champion ? text + $"; champion {Figures.Of(champion, width)}" : text;
    }

    /// <summary>One scale on which all these bars, thresholds and champions have a place.</summary>
    public static Scale ScaleOf(IEnumerable<IntervalBar> bars) =>
        Scale.Around(bars.SelectMany(bar => new[] { bar.Point, bar.Low ?? bar.Point, bar.High ?? bar.Point, bar.Wanted ?? bar.Point, bar.Champion ?? bar.Point }));
}
