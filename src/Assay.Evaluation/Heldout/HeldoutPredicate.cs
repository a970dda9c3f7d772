using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Suites;
using Assay.Statistics;

namespace Assay.Evaluation.Heldout;

/// <summary>The predicate of kind <c>heldout</c> (evidence.md): measurement only, no judgement, no time, so the same inputs give the same bytes.</summary>
internal static class HeldoutPredicate
{
    public static JsonObject Of(EvaluationSuite suite, DataFile data, ulong seed, Digest? baseline, IReadOnlyList<MetricResult> results)
    {
        var predicate = new JsonObject
        {
            ["kind"] = "heldout",
            ["suite"] = new JsonObject { ["name"] = suite.Head.Name, ["digest"] = Sha(suite.Head.Digest) },
            ["seed"] = seed.ToString("x16", CultureInfo.InvariantCulture),
            ["dataset"] = new JsonObject
            {
                ["uri"] = suite.Data.Uri,
                ["digest"] = Sha(data.Digest),
                ["role"] = suite.Data.Role,
                ["rows"] = data.Rows,
                ["strength"] = "content",
            },
            ["metrics"] = new JsonArray([.. results.Select(Metric)]),
            ["limits"] = new JsonObject { ["bootstrap"] = suite.Replicates, ["buckets"] = Buckets.Most, ["level"] = suite.Level },
        };
        if (baseline is { } digest)
            predicate["baseline"] = new JsonObject { ["digest"] = Sha(digest) };
        return predicate;
    }

    /// <summary>A digest as in-toto writes it.</summary>
    internal static JsonObject Sha(Digest digest) => new() { ["sha256"] = digest.Hex };

    static JsonObject Metric(MetricResult result)
    {
        var (wish, metric, value, difference) = result;
        var json = new JsonObject { ["name"] = wish.Name, ["value"] = value.Value, ["n"] = value.N };
        if (value.Error is { } error)
            json["error"] = error;
        if (value.Value is not null)
            json["ci"] = value.Interval is { } interval ? Ci(interval, value.Method!) : null;
        if (json["ci"] is null)
            json.Remove("ci");
        if (metric is not null)
            json["direction"] = metric.HigherIsBetter ? "higher" : "lower";
        if (metric?.HasThreshold == true)
            json["threshold"] = wish.Threshold;
        if (difference is { } d)
        {
            json["baseline"] = d.Baseline;
            json["delta"] = d.Delta;
            if (d.Interval is { } paired)
            {
                json["method"] = d.Method;
                json["delta_ci"] = Ci(paired, d.Method!);
            }
        }
        return json;
    }

    static JsonObject Ci(Interval interval, string method) => new()
    {
        ["level"] = interval.Level,
        ["low"] = Bound(interval.Low),
        ["high"] = Bound(interval.High),
        ["method"] = method,
    };

    /// <summary>A null bound is unbounded.</summary>
    static JsonNode? Bound(double bound) => double.IsFinite(bound) ? JsonValue.Create(bound) : null;
}
