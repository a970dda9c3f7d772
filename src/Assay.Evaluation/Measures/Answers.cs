namespace Assay.Evaluation.Measures;

/// <summary>What one model said to the rows of a batch.</summary>
/// <param name="Scores">The scores, row after row: one of each row, or one for each class.</param>
/// <param name="Width">The scores of one row.</param>
internal sealed record Answers(double[] Scores, int Width)
{
    /// <summary>The first score of a row; the only one where there is one.</summary>
    public double this[int row] => Scores[row * Width];

    /// <summary>The scores of one row.</summary>
    public ReadOnlySpan<double> Row(int row) => Scores.AsSpan(row * Width, Width);

    /// <summary>The class of the greatest score, the first of equals.</summary>
    public int Best(int row)
    {
        var scores = Row(row);
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
            if (scores[k] > scores[best])
                best = k;
        return best;
    }
}
