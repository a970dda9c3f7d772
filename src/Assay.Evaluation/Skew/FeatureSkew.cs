using Assay.Evaluation.Measures;
using Assay.Evaluation.Profiles;
using Assay.Statistics;
using Assay.Statistics.Shift;

namespace Assay.Evaluation.Skew;

/// <summary>How far the inputs are from those of training, column by column (evaluation.md §2d and §5).</summary>
/// <param name="train">The training data.</param>
/// <param name="other">The data that is compared with it.</param>
/// <param name="level">The level of the intervals.</param>
internal sealed class FeatureSkew(DataProfile train, DataProfile other, double level)
{
    /// <summary>Columns that do not go together, and why.</summary>
    public List<(string Feature, string Why)> Mismatches { get; } = [];

    /// <summary>The metrics of each feature, in the order given.</summary>
    public IReadOnlyList<MetricResult> Of(IReadOnlyList<string> features)
    {
        var results = new List<MetricResult>();
        foreach (var name in features)
        {
            var (then, now) = (train.Features.FirstOrDefault(f => f.Name == name), other.Features.FirstOrDefault(f => f.Name == name));
            if (then is null || now is null)
            {
                Mismatches.Add((name, then is null ? "the training data has no such column" : "the data has no such column"));
                continue;
            }
            foreach (var (profile, whose) in new[] { (then, "the training data"), (now, "the data") })
                if (profile.Unreadable > 0)
                    Mismatches.Add((name, $"{profile.Unreadable} values of {whose} are no numbers, the first {profile.FirstUnreadable}"));
            if (then.Rows > 0 && now.Rows > 0)
                results.AddRange([.. then.IsNumber ? Numbers(then, now) : Texts(then, now), Missing(then, now)]);
        }
        return [Facts.Exact("schema_mismatches", Mismatches.Count, features.Count, level), .. results];
    }

    IEnumerable<MetricResult> Numbers(FeatureProfile then, FeatureProfile now)
    {
        double[] reference = Sorted(then), values = Sorted(now);
        var (n, m) = (values.Length, reference.Length);
        if (n == 0 || m == 0)
            return [.. new[] { "psi", "jsd", "ks" }.Select(metric => Facts.NotMeasured(metric, n, $"the column has no value in {(m == 0 ? "the training data" : "the data")}", then.Name))];
        var bins = ScoreBins.Of(reference);
        long[] of = Counts(bins, values), from = Counts(bins, reference);
        // A bin that is empty in both, such as between equal deciles, says nothing and would only add noise.
        int[] used = [.. Enumerable.Range(0, of.Length).Where(b => of[b] + from[b] > 0)];
        double[] p = Distances.Smoothed([.. used.Select(b => of[b])]), q = Distances.Smoothed([.. used.Select(b => from[b])]);
        double psi = Distances.Psi(p, q), jsd = Distances.JensenShannon(p, q), ks = Distance(values, reference);
        var status = Math.Min(n, m) < SampleSize.Least(used.Length) ? "too_small" : null;
        return
        [
            Facts.Of("psi", new(SampleSize.Corrected(psi, SampleSize.Psi(used.Length, n, m)), n, ShiftInterval.Psi(p, q, n, m, level), "delta") { Raw = psi }, then.Name, status),
            Facts.Of("jsd", new(SampleSize.Corrected(jsd, SampleSize.JensenShannon(used.Length, n, m)), n, ShiftInterval.JensenShannon(p, q, n, m, level), "delta") { Raw = jsd }, then.Name, status),
            Facts.Of("ks", new(ks, n, ShiftInterval.KolmogorovSmirnov(ks, n, m, level), "dkw"), then.Name),
        ];
    }

    IEnumerable<MetricResult> Texts(FeatureProfile then, FeatureProfile now)
    {
        string[] names = ["linf", "new_category_rate", "missing_category_rate"];
        long n = now.Rows - now.Missing, m = then.Rows - then.Missing;
        var why = n == 0 || m == 0 ? $"the column has no value in {(m == 0 ? "the training data" : "the data")}"
            : then.Categories.TooMany || now.Categories.TooMany ? $"the column has more than {Categories.Most} different values, so it is no category" : null;
        if (why is not null)
            return [.. names.Select(metric => Facts.NotMeasured(metric, n, why, then.Name))];
        string[] all = [.. then.Categories.All.Concat(now.Categories.All).Select(c => c.Name).Distinct()];
        var linf = all.Max(c => Math.Abs(((double)now.Categories.Of(c) / n) - ((double)then.Categories.Of(c) / m)));
        return
        [
            Facts.Of(names[0], new(linf, n, ShiftInterval.LInfinity(linf, all.Length, n, m, level), "hoeffding"), then.Name),
            Facts.Share(names[1], now.Categories.All.Where(c => then.Categories.Of(c.Name) == 0).Sum(c => c.Rows), n, level, then.Name),
            Facts.Share(names[2], then.Categories.All.Where(c => now.Categories.Of(c.Name) == 0).Sum(c => c.Rows), m, level, then.Name),
        ];
    }

    MetricResult Missing(FeatureProfile then, FeatureProfile now) => Facts.Of("missing_rate_delta", new(((double)now.Missing / now.Rows) - ((double)then.Missing / then.Rows), now.Rows,
        ShiftInterval.OfShares(now.Missing, now.Rows, then.Missing, then.Rows, level), "newcombe"), then.Name);

    static double[] Sorted(FeatureProfile feature) => [.. feature.Numbers.Where(x => !double.IsNaN(x)).Order()];

    static long[] Counts(ScoreBins bins, double[] values)
    {
        var counts = new long[ScoreBins.Count];
        foreach (var value in values)
            counts[bins.BinOf(value)]++;
        return counts;
    }

    /// <summary>The greatest difference of the two shares that are at most x, over all x.</summary>
    static double Distance(double[] a, double[] b)
    {
        var most = 0.0;
        for (int i = 0, k = 0; i < a.Length && k < b.Length;)
        {
            var x = Math.Min(a[i], b[k]);
            for (; i < a.Length && a[i] <= x; i++)
            {
            }
            for (; k < b.Length && b[k] <= x; k++)
            {
            }
            most = Math.Max(most, Math.Abs(((double)i / a.Length) - ((double)k / b.Length)));
        }
        return most;
    }
}
