using System.Globalization;

namespace Assay.Evaluation.Heldout;

/// <summary>Whether scores can be probabilities.</summary>
internal static class Probabilities
{
    /// <summary>Names the first score outside [0, 1], or gives null.</summary>
    public static string? Problem(double[] scores)
    {
        var row = Array.FindIndex(scores, s => s is < 0 or > 1);
        return row < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"the score {scores[row]:R} of row {row + 1} is no probability; does the model answer log-odds?");
    }
}
