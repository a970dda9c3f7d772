using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>Pieces of the evaluation predicate (evidence.md): measurement only, no judgement, no time, so the same inputs give the same bytes.</summary>
internal static class Predicate
{
    /// <summary>A digest as in-toto writes it.</summary>
    public static JsonObject Sha(Digest digest) => new() { ["sha256"] = digest.Hex };

    /// <summary>A list of metrics.</summary>
    public static JsonArray Metrics(IEnumerable<MetricResult> results) => new([.. results.Select(Metric)]);

    static JsonObject Metric(MetricResult result)
    {
        var (facts, value, difference, status) = result;
        var json = new JsonObject { ["name"] = facts.Name, ["value"] = Published.Number(value.Value), ["n"] = value.N };
        if (value.Error is { } error)
            json["error"] = error;
        if (status is not null)
            json["status"] = status;
        if (value is { Value: not null, Interval: { } interval })
            json["ci"] = Ci(interval, value.Method!);
        json["direction"] = facts.HigherIsBetter ? "higher" : "lower";
        if (facts.Class is not null)
            json["class"] = facts.Class;
        if (facts.Average is not null)
            json["average"] = facts.Average;
        if (facts.Threshold is not null)
            json["threshold"] = facts.Threshold;
        if (facts.Level is not null)
            json["level"] = facts.Level;
        if (facts.Feature is not null)
            json["feature"] = facts.Feature;
        if (value.Raw is not null)
            json["raw"] = Published.Number(value.Raw);
        if (difference is { } d)
        {
            json["baseline"] = Published.Number(d.Baseline);
            json["delta"] = Published.Number(d.Delta);
            if (d.Interval is { } paired)
            {
                json["method"] = d.Method;
                json["delta_ci"] = Ci(paired, d.Method!);
            }
        }
        return json;
    }

    /// <summary>A null bound is unbounded.</summary>
    static JsonObject Ci(Interval interval, string method)
    {
        var json = new JsonObject { ["level"] = interval.Level, ["low"] = Published.Number(interval.Low), ["high"] = Published.Number(interval.High), ["method"] = method };
        if (interval.Approximate)
            json["approximate"] = true;
        return json;
    }
}
