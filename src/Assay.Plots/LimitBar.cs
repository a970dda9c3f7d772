namespace Assay.Plots;

/// <summary>A distance or share that should be small, as a bar from zero, with its interval and the limit it is looked at against.</summary>
/// <param name="Value">From 0; what is less is drawn at 0.</param>
/// <param name="Low">Lower bound of the interval; null when there is none.</param>
/// <param name="High">Upper bound of the interval; null when there is none.</param>
/// <param name="Limit">The limit that the measurement names; null when it names none.</param>
public sealed record LimitBar(double Value, double? Low, double? High, double? Limit)
{
    const int Height = 16, Middle = 8;

    /// <summary>The bar; rows that measure the same thing share a scale.</summary>
    public string Draw(string name, Scale scale)
    {
        var beyond = Value > Limit;
        var svg = new Svg(Height, Label(name));
        svg.Upright("ax0", scale.Of(0), 0, Height);
        if (double.IsFinite(Value))
            svg.Bar(beyond ? "bar f2" : "bar f1", scale.Of(0), scale.Of(Value), Middle - 4, 8);
        if (Low is { } low && High is { } high)
            svg.Piece("ci thin s-mute", scale.Of(low), scale.Of(high), Middle);
        if (Limit is { } limit)
            svg.Upright("lim", scale.Of(limit), 0, Height);
        return svg.Done();
    }

    /// <summary>Every number of the bar in words.</summary>
    public string Label(string name) => new IntervalBar(Value, Low, High).Label(name) + (Limit is { } limit ? $"; limit {Figures.Of(limit)}{(Value > limit ? ", exceeded" : "")}" : "");

    /// <summary>One scale from zero for all these bars and limits.</summary>
    public static Scale ScaleOf(IEnumerable<LimitBar> bars)
    {
        var most = bars.SelectMany(bar => new[] { bar.Value, bar.High ?? 0, bar.Limit ?? 0 }).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return new(0, most > 0 ? most * 1.05 : 1);
    }
}
