using System.Text.Json;
using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>The same metrics on a part of the rows. <see cref="Name"/> is such as <c>region=EU</c>.</summary>
public sealed record Slice(string Name, long? Rows, string? Status, bool Discovered, IReadOnlyList<Metric> Metrics)
{
    /// <summary>Of a discovered slice: did the other half of the rows confirm it? Null for declared slices.</summary>
    public bool? Confirmed { get; init; }

    /// <summary>Of a discovered slice: what the search ranked it by, on the half it was found on; the greater, the weaker the slice.</summary>
    public double? Score { get; init; }

    /// <summary>Of a discovered slice: how many standard deviations its mean loss lies above that of all other rows, on the other half.</summary>
    public double? Effect { get; init; }

    /// <summary>Of a discovered slice: the chance of such a difference by luck, from 0 to 1, corrected for how many slices were looked at.</summary>
    public double? AdjustedP { get; init; }

    internal static Slice Read(JsonMap slice)
    {
        var by = slice.Map("by");
        if (by is null)
            slice.Wrong("by", "the values that make the slice, such as {\"region\": \"EU\"}", "nothing", "Give 'by'.");
        var name = by is null ? "" : string.Join(", ", by.Node.Select(p => $"{p.Key}={Value(p.Value)}"));
        return new(name, slice.Count("rows"), slice.Text("status"), slice.Truth("discovered") ?? false, [.. slice.Maps("metrics", Evaluation.MostParts).Select(Metric.Read)])
        {
            Confirmed = slice.Truth("confirmed"),
            Score = slice.Number("score"),
            Effect = slice.Number("effect"),
            AdjustedP = slice.Number("p_adjusted"),
        };
    }

    static string Value(System.Text.Json.Nodes.JsonNode? value) =>
        value is null ? "null" : value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}

/// <summary>One case of an invariant suite: an input, what was expected of the model and what it said.</summary>
public sealed record Probe(string Id, bool Ok, string? Error, string? Expected, string? Actual)
{
    /// <summary>Why the expectation did not hold, in the measurer's words.</summary>
    public string? Reason { get; init; }

    internal static Probe Read(JsonMap probe)
    {
        var ok = probe.Truth("ok");
        if (ok is null && !(probe.Has("ok")))
            probe.Wrong("ok", "true or false", "nothing", "Say whether the expectation held.");
        return new(probe.NeedText("id"), ok ?? false, probe.Text("error"), probe.Node["expected"]?.ToJsonString(), probe.Node["actual"]?.ToJsonString()) { Reason = probe.Text("reason") };
    }
}
