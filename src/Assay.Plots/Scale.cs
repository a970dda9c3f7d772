namespace Assay.Plots;

/// <summary>From values to a place between 0 and 1. An empty or flat range gets a width of its own, so that nothing divides by zero.</summary>
public readonly record struct Scale
{
    // Below this, doubles have too few figures left to divide by.
    const double Tiny = 1e-290;

    /// <summary>A scale from low to high; both finite.</summary>
    public Scale(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            throw new ArgumentException($"A scale needs finite ends, not {low} to {high}.", nameof(low));
        if (low > high)
            (low, high) = (high, low);
        // A range beyond what doubles can subtract is halved by its caller's data, not by us; flat ranges get room.
        if (high - low <= Math.Max(Math.Abs(low) * 1e-12, Tiny))
        {
            var room = Math.Abs(low) < Tiny ? 1 : Math.Abs(low) * 0.1;
            (low, high) = (low - room, high + room);
        }
        (Low, High) = (low, high);
    }

    /// <summary>The value at 0.</summary>
    public double Low { get; }

    /// <summary>The value at 1.</summary>
    public double High { get; }

    /// <summary>The smallest scale that holds all finite values, with 5 % of room at both ends.</summary>
    public static Scale Around(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value))
                continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }
        if (low > high)
            return new(0, 1);
        var room = (high / 2 - low / 2) * 0.1;
        return new(Math.Max(double.MinValue, low - room), Math.Min(double.MaxValue, high + room));
    }

    /// <summary>Where a value stands, from 0 to 1; what lies outside stands at the edge.</summary>
    public double Of(double value) => Math.Clamp((value / 2 - Low / 2) / (High / 2 - Low / 2), 0, 1);
}
