namespace Assay.Statistics;

/// <summary>What one row costs. Means of these are the metrics (evaluation.md §5.1).</summary>
public static class Losses
{
    /// <summary>Probabilities are kept this far from 0 and 1, so that one sure mistake is expensive and not infinite.</summary>
    public const double Clip = 1e-15;

    /// <summary>−ln of the probability given to what happened, clipped at <see cref="Clip"/>; in nats.</summary>
    public static double Log(double probability, bool happened)
    {
        var given = Math.Clamp(probability, Clip, 1 - Clip);
        return happened ? -Math.Log(given) : -Math.Log(1 - given);
    }

    /// <summary>Brier's score of one row of two classes: (p − y)².</summary>
    public static double Brier(double probability, bool happened) => Squared(probability, happened ? 1 : 0);

    /// <summary>(prediction − truth)², in squared units of the label.</summary>
    public static double Squared(double prediction, double truth) => (prediction - truth) * (prediction - truth);

    /// <summary>|prediction − truth|, in units of the label.</summary>
    public static double Absolute(double prediction, double truth) => Math.Abs(prediction - truth);
}
