using System.Text.Json;

namespace Assay.Client;

/// <summary>What goes into one <c>runs/log-batch</c>, within MLflow's limits: 1000 metrics, 100 parameters, 100 tags, 1000 in all.</summary>
sealed record Batch(MetricPoint[] Metrics, Entry[] Parameters, Entry[] Tags)
{
    public const int MostEntries = 1000;
    public const int MostParameters = 100;
    public const int MostTags = 100;

    public int Count => Metrics.Length + Parameters.Length + Tags.Length;

    /// <summary>The oldest entries that fit. Parameters and tags first: they are few, and what a reader looks for while a run goes on.</summary>
    public static Batch Take(IReadOnlyCollection<MetricPoint> metrics, IReadOnlyCollection<Entry> parameters, IReadOnlyCollection<Entry> tags)
    {
        Entry[] someParameters = [.. parameters.Take(MostParameters)];
        Entry[] someTags = [.. tags.Take(MostTags)];
        return new([.. metrics.Take(MostEntries - someParameters.Length - someTags.Length)], someParameters, someTags);
    }

    public void Write(Utf8JsonWriter to, string runId)
    {
        to.WriteString("run_id", runId);
        to.WriteStartArray("metrics");
        foreach (var point in Metrics)
            Write(to, point);
        to.WriteEndArray();
        Write(to, "params", Parameters);
        Write(to, "tags", Tags);
    }

    static void Write(Utf8JsonWriter to, MetricPoint point)
    {
        to.WriteStartObject();
        to.WriteString("key", point.Key);
        // JSON has no NaN: MLflow's protocol writes the three of them as text.
        if (double.IsFinite(point.Value))
            to.WriteNumber("value", point.Value);
        else
            to.WriteString("value", double.IsNaN(point.Value) ? "NaN" : point.Value > 0 ? "Infinity" : "-Infinity");
        to.WriteNumber("timestamp", point.Timestamp);
        to.WriteNumber("step", point.Step);
        to.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter to, string name, IEnumerable<Entry> entries)
    {
        to.WriteStartArray(name);
        foreach (var (key, value) in entries)
        {
            to.WriteStartObject();
            to.WriteString("key", key);
            to.WriteString("value", value);
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }
}
