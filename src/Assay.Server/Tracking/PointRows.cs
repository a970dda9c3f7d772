using System.Runtime.InteropServices;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>The points of several batches as rows, sorted so that two units never wait for each other crosswise.</summary>
sealed class PointRows(IReadOnlyList<(string Run, RunBatch Batch)> batches)
{
    /// <summary>All points, by run and key and in the order of the history.</summary>
    public Rows All()
    {
        var order = new Place[batches.Sum(b => b.Batch.Metrics)];
        var ranks = Ranks();
        var next = 0;
        for (var b = 0; b < batches.Count; b++)
            for (var i = 0; i < batches[b].Batch.Metrics; i++)
            {
                var point = batches[b].Batch.Point(i);
                order[next++] = new(ranks[(batches[b].Run, point.Key)], point.AtMs, point.Step, b, i);
            }
        Array.Sort(order, InOrder);
        return Of(order);
    }

    /// <summary>Of each run and key the newest point: PostgreSQL refuses to update a row twice in one statement.</summary>
    public Rows NewestPerKey()
    {
        var newest = new Dictionary<(string Run, string Key), Place>();
        for (var b = 0; b < batches.Count; b++)
            for (var i = 0; i < batches[b].Batch.Metrics; i++)
            {
                var point = batches[b].Batch.Point(i);
                ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(newest, (batches[b].Run, point.Key), out var known);
                if (!known || IsNewer(point, Point(best)))
                    best = new(0, point.AtMs, point.Step, b, i);
            }
        return Of([.. newest.OrderBy(n => n.Key.Run, StringComparer.Ordinal).ThenBy(n => n.Key.Key, StringComparer.Ordinal).Select(n => n.Value)]);
    }

    /// <summary>These points, in this order.</summary>
    public Rows Of(Place[] order)
    {
        var count = order.Length;
        var (runs, keys, ats, steps, values, nans) = (new string[count], new string[count], new long[count], new long[count], new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            runs[i] = batches[order[i].Batch].Run;
            (keys[i], ats[i], steps[i], values[i], nans[i]) = Point(order[i]);
        }
        return new(count, ("run_id", runs), ("key", keys), ("at_ms", ats), ("step", steps), ("value", values), ("is_nan", nans));
    }

    /// <summary>Where a point stands: the rank of its run and key, its time and step, and its place in a batch.</summary>
    public readonly record struct Place(int Rank, long AtMs, long Step, int Batch, int Index);

    // Few keys, many points: texts are compared once a key, not once a pair of points.
    Dictionary<(string Run, string Key), int> Ranks()
    {
        var keys = new HashSet<(string Run, string Key)>();
        foreach (var (run, batch) in batches)
            for (var i = 0; i < batch.Metrics; i++)
                keys.Add((run, batch.Point(i).Key));
        var rank = 0;
        return keys.OrderBy(k => k.Run, StringComparer.Ordinal).ThenBy(k => k.Key, StringComparer.Ordinal).ToDictionary(k => k, _ => rank++);
    }

    (string Key, long AtMs, long Step, double Value, bool IsNan) Point(Place place) => batches[place.Batch].Batch.Point(place.Index);

    // MLflow's rule: the greatest by step, then time, then value.
    static bool IsNewer((string Key, long AtMs, long Step, double Value, bool IsNan) a, (string Key, long AtMs, long Step, double Value, bool IsNan) b) =>
        a.Step != b.Step ? a.Step > b.Step : a.AtMs != b.AtMs ? a.AtMs > b.AtMs : a.Value > b.Value;

    int InOrder(Place a, Place b)
    {
        if (a.Rank != b.Rank)
            return a.Rank.CompareTo(b.Rank);
        if (a.AtMs != b.AtMs)
            return a.AtMs.CompareTo(b.AtMs);
        if (a.Step != b.Step)
            return a.Step.CompareTo(b.Step);
        var (one, other) = (Point(a), Point(b));
        return one.Value.CompareTo(other.Value) is var values and not 0 ? values : one.IsNan.CompareTo(other.IsNan);
    }
}
