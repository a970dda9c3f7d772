using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>
/// What one log-batch writes, read straight into columns: no object per metric. Infinities become the greatest finite numbers, as MLflow
/// stores them; NaN becomes 0 with a flag.
/// </summary>
public sealed class RunBatch(int metrics)
{
    readonly string[] keys = new string[metrics];
    readonly long[] ats = new long[metrics];
    readonly long[] steps = new long[metrics];
    readonly double[] values = new double[metrics];
    readonly bool[] nans = new bool[metrics];
    List<ModelMetric>? forModels;

    /// <summary>A metric that belongs to a logged model as well.</summary>
    readonly record struct ModelMetric(int Index, string Model, string Dataset, string Digest);

    /// <summary>Metrics so far.</summary>
    public int Metrics { get; private set; }

    /// <summary>Params, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    /// <summary>Tags, in the order given; of a key that stands twice the last counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The logged models that metrics belong to.</summary>
    public IReadOnlyCollection<string> Models => forModels is null ? [] : forModels.Select(m => m.Model).ToHashSet();

    /// <summary>Adds a point; its key and time are checked by <see cref="Check"/>.</summary>
    public void Add(string key, double value, long atMs, long step, string? model = null, string? dataset = null, string? digest = null)
    {
        var i = Metrics++;
        nans[i] = double.IsNaN(value);
        (keys[i], ats[i], steps[i]) = (key, atMs, step);
        values[i] = nans[i] ? 0 : double.IsPositiveInfinity(value) ? double.MaxValue : double.IsNegativeInfinity(value) ? double.MinValue : value;
        if (!string.IsNullOrEmpty(model))
            (forModels ??= []).Add(new(i, model, dataset ?? "", digest ?? ""));
    }

    /// <summary>The first thing that is wrong with it, before anything is written.</summary>
    public Refusal? Check()
    {
        var sound = new HashSet<string>(StringComparer.Ordinal); // few keys, many points
        for (var i = 0; i < Metrics; i++)
            if (sound.Add(keys[i]) && Limits.Key("Metric", keys[i], $"metrics[{i}].key") is { } bad)
                return bad;
            else if (ats[i] < 0)
                return TrackingRefusals.Timestamp(keys[i], ats[i]);
        foreach (var (key, value) in Params)
            if ((Limits.Key("Parameter", key) ?? WireLimits.ParamValue.Length(value, "value")) is { } wrong)
                return wrong;
        foreach (var (key, value) in Tags)
            if (RunTags.Check(key, value) is { } wrong)
                return wrong;
        var twice = Params.GroupBy(p => p.Key, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key).ToList();
        return twice.Count > 0 ? TrackingRefusals.DuplicateParams(twice) : null;
    }

    /// <summary>Metrics alone, for runs only, and few: it may be written together with what others log at the same moment.</summary>
    internal bool IsSmall => Metrics is > 0 and <= 100 && Params.Count == 0 && Tags.Count == 0 && forModels is null;

    /// <summary>The points of logged models as rows.</summary>
    internal Rows ModelPoints(string run)
    {
        var list = forModels ?? [];
        var rows = new PointRows([(run, this)]).Of([.. list.Select(m => new PointRows.Place(0, 0, 0, 0, m.Index))]);
        return new(list.Count, [.. rows.Columns, ("model_id", list.Select(m => m.Model).ToArray()), ("dataset_name", list.Select(m => m.Dataset).ToArray()), ("dataset_digest", list.Select(m => m.Digest).ToArray())]);
    }

    /// <summary>Does the run hold every point already?</summary>
    internal async Task<bool> IsStored(Tx tx, string run)
    {
        for (var i = 0; i < Metrics; i++)
            if (await tx.First(MetricSql.Has, ("run", run), ("key", keys[i]), ("at", ats[i]), ("step", steps[i]), ("value", values[i]), ("nan", nans[i])) == 0)
                return false;
        return true;
    }

    /// <summary>One point, NaN as 0 with a flag.</summary>
    internal (string Key, long AtMs, long Step, double Value, bool IsNan) Point(int i) => (keys[i], ats[i], steps[i], values[i], nans[i]);
}
