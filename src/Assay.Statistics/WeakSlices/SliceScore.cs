namespace Assay.Statistics.WeakSlices;

/// <summary>
/// The score of SliceLine (Sagadeeva and Boehm 2021): α·((e_S/|S|)/(e/n) − 1) − (1 − α)·(n/|S| − 1). All rows have score 0; weaker rows raise it, a small
/// slice lowers it.
/// </summary>
/// <param name="Rows">n, all rows, at least 1.</param>
/// <param name="Loss">e, the sum of their losses, above 0.</param>
/// <param name="Alpha">α, the weight of loss against size.</param>
public readonly record struct SliceScore(int Rows, double Loss, double Alpha)
{
    // A slice's sum is added up in another order than its parent's. This much more on every bound keeps rounding from cutting off what belongs to the answer.
    const double Rounding = 1 + 1e-9;

    /// <summary>The score of a slice with so many rows and this sum of losses.</summary>
    public double Of(double rows, double loss) => (Alpha * ((loss / rows / (Loss / Rows)) - 1)) - ((1 - Alpha) * ((Rows / rows) - 1));

    /// <summary>
    /// No slice inside one of so many rows, with this sum of losses and this greatest loss, of at least <paramref name="least"/> rows, has a higher score.
    /// With x rows it holds at most min(loss, x·greatest): that is flat up to loss/greatest, then falls with 1/x, so the score is greatest at an end or there.
    /// </summary>
    public double Bound(double rows, double loss, double greatest, int least)
    {
        if (rows < least)
            return double.NegativeInfinity;
        (loss, greatest) = (loss * Rounding, greatest * Rounding);
        var corner = Math.Clamp(greatest > 0 ? loss / greatest : least, least, rows);
        return Math.Max(At(corner, loss, greatest), Math.Max(At(least, loss, greatest), At(rows, loss, greatest))) + 1e-12;
    }

    double At(double rows, double loss, double greatest) => Of(rows, Math.Min(loss, rows * greatest));
}
