using System.Text.Json;
using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>The same metrics on a part of the rows. <see cref="Name"/> is such as <c>region=EU</c>.</summary>
public sealed record Slice(string Name, long? Rows, string? Status, bool Discovered, IReadOnlyList<Metric> Metrics)
{
    internal static Slice Read(JsonMap slice)
    {
        var by = slice.Map("by");
        if (by is null)
            slice.Wrong("by", "the values that make the slice, such as {\"region\": \"EU\"}", "nothing", "Give 'by'.");
        var name = by is null ? "" : string.Join(", ", by.Node.Select(p => $"{p.Key}={Value(p.Value)}"));
        return new(name, slice.Count("rows"), slice.Text("status"), slice.Truth("discovered") ?? false, [.. slice.Maps("metrics", Evaluation.MostParts).Select(Metric.Read)]);
    }

    static string Value(System.Text.Json.Nodes.JsonNode? value) =>
        value is null ? "null" : value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}

/// <summary>One case of an invariant suite: an input, what was expected of the model and what it said.</summary>
public sealed record Probe(string Id, bool Ok, string? Error, string? Expected, string? Actual)
{
    internal static Probe Read(JsonMap probe)
    {
        var ok = probe.Truth("ok");
        if (ok is null && !(probe.Has("ok")))
            probe.Wrong("ok", "true or false", "nothing", "Say whether the expectation held.");
        return new(probe.NeedText("id"), ok ?? false, probe.Text("error"), probe.Node["expected"]?.ToJsonString(), probe.Node["actual"]?.ToJsonString());
    }
}
