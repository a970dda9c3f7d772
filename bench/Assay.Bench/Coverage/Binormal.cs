using MathNet.Numerics.Distributions;

namespace Assay.Bench.Coverage;

/// <summary>Scores that are normal with variance 1 around 0 for negatives and around a shift for positives, and what is true of them.</summary>
/// <param name="Share">The share of positives.</param>
/// <param name="Auc">The area under the ROC curve.</param>
sealed record Binormal(double Share, double Auc)
{
    const double Step = 0.001;

    /// <summary>How far positives lie above negatives.</summary>
    public double Shift { get; } = Math.Sqrt(2) * Normal.InvCDF(0, 1, Auc);

    /// <summary>The probability that a row with this score is positive: the calibrated model.</summary>
    public double Probability(double score) => 1 / (1 + Math.Exp(-(Math.Log(Share / (1 - Share)) + (Shift * score) - (Shift * Shift / 2))));

    /// <summary>The mean log-loss of the calibrated model, in nats.</summary>
    public double LogLoss() => Integral(score =>
        (Share * Normal.PDF(Shift, 1, score) * -Math.Log(Probability(score))) + ((1 - Share) * Normal.PDF(0, 1, score) * -Math.Log(1 - Probability(score))));

    /// <summary>The area under the precision-recall curve.</summary>
    public double Precision() => Integral(score =>
    {
        double hits = Share * Normal.CDF(0, 1, Shift - score), others = (1 - Share) * Normal.CDF(0, 1, -score);
        return hits + others == 0 ? 0 : Normal.PDF(Shift, 1, score) * hits / (hits + others);
    });

    /// <summary>A score and whether its row is positive.</summary>
    public (double Score, bool Positive) Draw(Draws draws)
    {
        var positive = draws.Unit() < Share;
        return (draws.Normal() + (positive ? Shift : 0), positive);
    }

    static double Integral(Func<double, double> of)
    {
        var sum = 0.0;
        for (var x = -9.0; x <= 13; x += Step)
            sum += of(x) * Step;
        return sum;
    }
}
