using Assay.Statistics;

namespace Assay.Bench.Coverage;

/// <summary>Random numbers of known laws, the same on every machine.</summary>
sealed class Draws(ulong seed)
{
    SplitMix random = new(SplitMix.Mix(seed + 0x5851F42D4C957F2D));
    double spare = double.NaN;

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => random.NextUnit();

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(1 - random.NextUnit());

    /// <summary>Standard normal, by the polar method of Box and Muller.</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }
        var radius = Math.Sqrt(2 * Exponential());
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Unit());
        spare = radius * sine;
        return radius * cosine;
    }
}
