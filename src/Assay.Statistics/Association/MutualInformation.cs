namespace Assay.Statistics.Association;

/// <summary>How much of one column the other tells.</summary>
public static class MutualInformation
{
    /// <summary>
    /// The information that x gives about y as a share of the entropy of y, in [0, 1], less what chance makes of it (Miller and Madow: the occupied cells
    /// beyond those of independence, over 2n). Codes count from 0. Null when y never changes.
    /// </summary>
    public static double? Share(ReadOnlySpan<int> x, int kindsOfX, ReadOnlySpan<int> y, int kindsOfY)
    {
        if (x.Length != y.Length)
            throw new ArgumentException("There must be one y for each x.", nameof(y));
        long[] ofX = new long[kindsOfX], ofY = new long[kindsOfY], both = new long[checked(kindsOfX * kindsOfY)];
        for (var i = 0; i < x.Length; i++)
        {
            ofX[x[i]]++;
            ofY[y[i]]++;
            both[(x[i] * kindsOfY) + y[i]]++;
        }
        double n = x.Length, entropy = Entropy(ofY, n);
        if (entropy == 0)
            return null;
        var chance = Math.Max(0, Math.Min((Occupied(ofX) - 1.0) * (Occupied(ofY) - 1.0), Occupied(both) - Occupied(ofX) - Occupied(ofY) + 1.0)) / (2 * n);
        return Math.Clamp((Entropy(ofX, n) + entropy - Entropy(both, n) - chance) / entropy, 0, 1);
    }

    static int Occupied(long[] counts) => counts.Count(c => c > 0);

    static double Entropy(long[] counts, double n)
    {
        var sum = 0.0;
        foreach (var count in counts)
            if (count > 0)
                sum -= count / n * Math.Log(count / n);
        return sum;
    }
}
