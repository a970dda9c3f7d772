namespace Assay.Statistics.Classes;

/// <summary>What one row of several classes costs. Means of these are the metrics.</summary>
public static class ClassLosses
{
    /// <summary>−ln of the probability given to the class that happened, clipped as <see cref="Losses.Clip"/> says; in nats. Probabilities are not scaled to a sum of one.</summary>
    public static double Log(ReadOnlySpan<double> probabilities, int truth) => Losses.Log(probabilities[truth], true);

    /// <summary>Brier's score summed over classes: Σ (p_k − y_k)², in [0, 2].</summary>
    public static double Brier(ReadOnlySpan<double> probabilities, int truth)
    {
        var sum = 0.0;
        for (var k = 0; k < probabilities.Length; k++)
            sum += Losses.Squared(probabilities[k], k == truth ? 1 : 0);
        return sum;
    }

    /// <summary>The class with the greatest probability; the first of equals.</summary>
    public static int Predicted(ReadOnlySpan<double> probabilities)
    {
        var best = 0;
        for (var k = 1; k < probabilities.Length; k++)
            if (probabilities[k] > probabilities[best])
                best = k;
        return best;
    }
}
