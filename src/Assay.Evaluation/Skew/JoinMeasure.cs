using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Skew;

/// <summary>
/// Features that were logged against the same ones computed anew, row by row by a key: a feature that was joined late, or from another table, differs here.
/// Only exact equality counts.
/// </summary>
internal sealed class JoinMeasure(JoinWish wish, DataSet logged, DataSet anew, IReadOnlyList<RowColumn> features, double level)
{
    const int MostKeys = 200_000, MostValues = 8_000_000, Fewest = 2_000;

    /// <summary>The share of equal values of each feature, and of logged rows whose key is missing.</summary>
    public async Task<IEnumerable<MetricResult>> Run(CancellationToken ct)
    {
        var there = anew.Fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (set, whose) in new[] { (logged, "the data"), (anew, wish.Uri) })
            if (set.Fields.All(f => f.Name != wish.Key))
                return Failed($"{whose} has no column {wish.Key}, which is to join the rows");
        RowColumn[] compared = [.. features.Where(f => there.Contains(f.Name) && f.Name != wish.Key)];
        try
        {
            return [.. await Compare(compared, ct), .. features.Where(f => !there.Contains(f.Name)).Select(f => Facts.Failed("join_equal", 0, $"{wish.Uri} has no column {f.Name}", f.Name, higherIsBetter: true))];
        }
        catch (DataException e)
        {
            return Failed(e.Message);
        }
    }

    async Task<IEnumerable<MetricResult>> Compare(RowColumn[] compared, CancellationToken ct)
    {
        var most = Math.Clamp(MostValues / Math.Max(1, compared.Length), Fewest, MostKeys);
        var rows = new KeyedRows(wish.Key, compared, Math.Min(1, (double)most / Math.Max(1, Math.Max(logged.Rows, anew.Rows))));
        var known = new Dictionary<ulong, ulong[]>();
        await foreach (var (row, key, values) in rows.Read(anew, ct))
            if (key is { } its && !known.TryAdd(its, values) && !known[its].SequenceEqual(values))
                return Failed($"row {row} of {wish.Uri} has a key that stands there before with other values; a key must name one row");
        var equal = new long[compared.Length];
        var (all, missing) = (0L, 0L);
        await foreach (var (_, key, values) in rows.Read(logged, ct))
        {
            all++;
            if (key is not { } its || !known.TryGetValue(its, out var others))
            {
                missing++;
                continue;
            }
            for (var c = 0; c < equal.Length; c++)
                equal[c] += values[c] == others[c] ? 1 : 0;
        }
        return [Facts.Share("join_missing_keys", missing, all, level), .. compared.Select((f, c) => Facts.Share("join_equal", equal[c], all - missing, level, f.Name, higherIsBetter: true))];
    }

    IEnumerable<MetricResult> Failed(string why) => [Facts.Failed("join_missing_keys", logged.Rows, why)];
}
