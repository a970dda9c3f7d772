namespace Assay.Statistics.Classes;

/// <summary>
/// The four counts of a class at an operating point, and what is made of them. A figure that is 0/0 is NaN: whoever reports it says so and gives no
/// number. Counts may be sums of weights, so that the same figures serve a bootstrap (<see cref="From"/>).
/// </summary>
/// <param name="TruePositives">Rows of the class that are predicted as it.</param>
/// <param name="FalsePositives">Rows of another class that are predicted as it.</param>
/// <param name="FalseNegatives">Rows of the class that are predicted as another.</param>
/// <param name="TrueNegatives">All other rows.</param>
public readonly record struct Confusion(double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>From the sums of four slots in the order of the counts.</summary>
    public static Confusion From(ReadOnlySpan<double> sums) => new(sums[0], sums[1], sums[2], sums[3]);

    /// <summary>The number of rows.</summary>
    public double Rows => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>How many rows are of the class: its support.</summary>
    public double Positives => TruePositives + FalseNegatives;

    /// <summary>The share of rows predicted right, in [0, 1].</summary>
    public double Accuracy => (TruePositives + TrueNegatives) / Rows;

    /// <summary>The share of predicted positives that are; NaN when none is predicted.</summary>
    public double Precision => TruePositives / (TruePositives + FalsePositives);

    /// <summary>The share of positives that are predicted; NaN when there is none.</summary>
    public double Recall => TruePositives / (TruePositives + FalseNegatives);

    /// <summary>The share of negatives that are predicted as such; NaN when there is none.</summary>
    public double Specificity => TrueNegatives / (TrueNegatives + FalsePositives);

    /// <summary>The share of negatives that are predicted positive; NaN when there is none.</summary>
    public double FalsePositiveRate => FalsePositives / (TrueNegatives + FalsePositives);

    /// <summary>2TP / (2TP + FP + FN): the harmonic mean of precision and recall; NaN when nothing is positive or predicted to be.</summary>
    public double F1 => 2 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>The mean of recall and specificity; NaN when a class is missing.</summary>
    public double BalancedAccuracy => (Recall + Specificity) / 2;

    /// <summary>Matthews' correlation (1975), in [−1, 1]; NaN when a row or column of the table is empty.</summary>
    public double Matthews
    {
        get
        {
            // A product of four counts of ten million passes what doubles hold exactly, but not their range; roots first keep it small.
            var scale = Math.Sqrt(TruePositives + FalsePositives) * Math.Sqrt(TruePositives + FalseNegatives)
                * Math.Sqrt(TrueNegatives + FalsePositives) * Math.Sqrt(TrueNegatives + FalseNegatives);
            return ((TruePositives * TrueNegatives) - (FalsePositives * FalseNegatives)) / scale;
        }
    }
}
