namespace Assay.Statistics.Multiplicity;

/// <summary>P-values of several questions asked at once, adjusted: one is called at level α when its adjusted value is at most α. In the order given.</summary>
public static class Adjusted
{
    /// <summary>Holm (1979): the chance of any false call is at most α, whatever the dependence.</summary>
    public static double[] Holm(IReadOnlyList<double> p) => Of(p, rising: true, (rank, n) => n - rank + 1);

    /// <summary>Benjamini and Hochberg (1995): the expected share of false calls among calls is at most α, for tests that are independent or depend positively.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => Of(p, rising: false, (rank, n) => (double)n / rank);

    /// <summary>Each p times the factor of its rank (1 is the least p), made monotone: rising from the least up, or falling from the greatest down.</summary>
    static double[] Of(IReadOnlyList<double> p, bool rising, Func<int, int, double> factor)
    {
        foreach (var value in p)
            if (!(value is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(p), value, "A p-value lies between 0 and 1.");
        var order = Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToArray();
        var adjusted = new double[p.Count];
        var reached = rising ? 0.0 : 1.0;
        for (var step = 0; step < order.Length; step++)
        {
            var rank = rising ? step + 1 : order.Length - step;
            var value = Math.Min(1, p[order[rank - 1]] * factor(rank, order.Length));
            adjusted[order[rank - 1]] = reached = rising ? Math.Max(reached, value) : Math.Min(reached, value);
        }
        return adjusted;
    }
}
