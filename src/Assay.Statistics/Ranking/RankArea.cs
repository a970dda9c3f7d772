using MathNet.Numerics.Distributions;

namespace Assay.Statistics.Ranking;

/// <summary>An area under the ROC curve: the probability that a positive row scores higher than a negative one, ties counting one half.</summary>
/// <param name="Value">The area, in [0, 1].</param>
/// <param name="OfPositives">What the positives add to DeLong's variance; NaN with fewer than two of them.</param>
/// <param name="OfNegatives">What the negatives add to DeLong's variance; NaN with fewer than two of them.</param>
/// <param name="Positives">How many rows are positive.</param>
/// <param name="Negatives">How many rows are negative.</param>
public readonly record struct RankArea(double Value, double OfPositives, double OfNegatives, long Positives, long Negatives)
{
    /// <summary>Fewer rows than were simulated: the interval is then called approximate.</summary>
    public const long LeastRows = 1000;

    /// <summary>Fewer rows of a class than the simulated data sets hold: the interval is then called approximate.</summary>
    public const long LeastOfAClass = 10;

    // Simulated were 20 positives with an area of 0.95; of those sets one in a hundred has less than this share of a positive misplaced.
    const double LeastMisplaced = 0.25;
    const int Halvings = 100;

    /// <summary>DeLong's variance; NaN with fewer than two rows of either class.</summary>
    public double Variance => OfPositives + OfNegatives;

    /// <summary>
    /// The interval of the area, on DeLong's variance; all of [0, 1] with fewer than two rows of either class. Wald's interval covers 84 % where
    /// 20 positives have an area of 0.95, because the variance falls with the distance to 1; so neither bound is Wald's. The bound towards ½ is the θ
    /// with (value − θ)² = z²·V(θ), where V is DeLong's variance with the term of each class moved from the value to θ as it moves in Hanley and McNeil's
    /// model (1982): θ/(2−θ)−θ² and 2θ²/(1+θ)−θ² (after Newcombe 2006). The bound away from ½ is that of the logit, with Student's t of the rarer class.
    /// </summary>
    public Interval Interval(double level = 0.95)
    {
        Statistics.Interval.Check(level);
        if (double.IsNaN(Variance))
            return new(level, 0, 1) { Approximate = true };
        var fewer = Math.Min(Positives, Negatives);
        var approximate = Positives + Negatives < LeastRows || fewer < LeastOfAClass || fewer * Math.Min(Value, 1 - Value) < LeastMisplaced;
        var (low, high) = Bounds(Math.Max(Value, 0.5), OfPositives, OfNegatives, fewer, level);
        // Below ½, positives are to negatives what negatives are to positives above it; at ½ both readings are as good.
        var (least, most) = Mirror(Bounds(Math.Max(1 - Value, 0.5), OfNegatives, OfPositives, fewer, level));
        (low, high) = Value > 0.5 ? (low, high) : Value < 0.5 ? (least, most) : (Math.Min(low, least), Math.Max(high, most));
        return new(level, low, high) { Approximate = approximate };
    }

    static (double Low, double High) Bounds(double value, double ofPositives, double ofNegatives, long fewer, double level)
    {
        var variance = ofPositives + ofNegatives;
        // No variance is seen where every row is placed alike: then only this is known, that none of the rarer class was misplaced.
        if (variance <= 0 || value >= 1)
            return (Math.Min(value, Math.Pow((1 - level) / 2, 1.0 / fewer)), value >= 1 ? 1 : Math.Max(value, 1 - Math.Pow((1 - level) / 2, 1.0 / fewer)));
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        double low = 0, high = value;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            var moved = (ofPositives * OneClass(middle) / OneClass(value)) + (ofNegatives * OtherClass(middle) / OtherClass(value));
            if ((value - middle) * (value - middle) > z * z * moved)
                low = middle;
            else
                high = middle;
        }
        var half = StudentT.InvCDF(0, 1, fewer - 1, (1 + level) / 2) * Math.Sqrt(variance) / (value * (1 - value));
        return (low, 1 / (1 + ((1 - value) / value * Math.Exp(-half))));
    }

    static double OneClass(double area) => (area / (2 - area)) - (area * area);

    static double OtherClass(double area) => (2 * area * area / (1 + area)) - (area * area);

    static (double Low, double High) Mirror((double Low, double High) bounds) => (1 - bounds.High, 1 - bounds.Low);
}
