using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Assay.Contracts;

namespace Assay.Server.Tracking;

/// <summary>
/// Turns the points of a run, key by key and in order of time, step and value, into one fact per metric. Each history is hashed as it comes,
/// as the RFC 8785 form of <c>[[timestamp, step, value], …]</c>, and none is held.
/// </summary>
sealed class Histories
{
    readonly List<MetricFact> facts = [];
    readonly StringBuilder text = new();
    IncrementalHash? hash;
    MetricPoint latest;
    long count;

    public void Add(MetricPoint point)
    {
        if (count > 0 && point.Key != latest.Key)
            Close();
        hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        text.Append(count == 0 ? '[' : ',').Append('[').Append(CanonicalJson.Number(point.TimestampMs)).Append(',').Append(CanonicalJson.Number(point.Step)).Append(',').Append(Value(point.Value)).Append(']');
        if (text.Length > 4096)
            Flush();
        if (count++ == 0 || Newer(point, latest))
            latest = point;
    }

    public List<MetricFact> Finish()
    {
        if (count > 0)
            Close();
        hash?.Dispose();
        return facts;
    }

    /// <summary>MLflow's rule for the point that a run shows: the greatest by step, then timestamp, then value, where NaN counts as 0.</summary>
    public static bool Newer(MetricPoint a, MetricPoint b) => (a.Step, a.TimestampMs, Column(a.Value)).CompareTo((b.Step, b.TimestampMs, Column(b.Value))) > 0;

    static double Column(double value) => double.IsNaN(value) ? 0 : value;

    static string Value(double value) => double.IsFinite(value) ? CanonicalJson.Number(value) : string.Create(CultureInfo.InvariantCulture, $"\"{(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity")}\"");

    void Close()
    {
        text.Append(']');
        Flush();
        facts.Add(new(latest.Key, latest.Value, latest.TimestampMs, latest.Step, count, Digest.FromHash(hash!.GetHashAndReset())));
        count = 0;
    }

    void Flush()
    {
        hash!.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
    }
}
