using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Invariants.Expectations;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>Every expectation by its word in the suite.</summary>
internal static class ExpectationList
{
    /// <summary>Known words that this version does not measure: each such expectation is an error, never a pass.</summary>
    public static IReadOnlyList<string> Later { get; } = ["batch_consistent", "champion_delta", "latency", "mostly", "regex", "top_k"];

    static readonly Dictionary<string, Func<YamlMap, string, JsonNode, Tolerance, string, IExpectation?>> Readers = new(StringComparer.Ordinal)
    {
        ["between"] = (item, key, json, _, _) => Map(item, key, map => Between.Read(map, json)),
        ["class"] = (item, key, json, _, _) => Map(item, key, map => ClassIs.Read(map, json)),
        ["schema"] = (item, key, json, _, _) => Map(item, key, map => Schema.Read(map, json)),
        ["monotone"] = (item, key, json, _, _) => Map(item, key, map => Monotone.Read(map, json)),
        ["sum"] = (item, key, json, usual, _) => Map(item, key, map => Sum.Read(map, json, usual)),
        ["invariant"] = (item, key, json, usual, _) => Map(item, key, map => new Invariant(Tolerance.Read(map.Only("atol", "rtol"), usual), json)),
        ["equals"] = (item, key, json, usual, folder) => Map(item, key, map => Equal(map, json, usual, folder)),
        ["deterministic"] = (item, key, json, _, _) => Map(item, key, map =>
            new Deterministic((int)(map.Only("repeat", "atol").Whole("repeat", 2, 1000) ?? 3), map.Number("atol") ?? 0, json)),
        ["finite"] = (item, key, json, _, _) => item.Truth(key) switch
        {
            true => new Finite(json),
            false => Wrong(item, key, "finite wants true; leave it out where it does not matter"),
            null => null,
        },
        ["ordering"] = (item, key, json, _, _) => new Ordering(item.OneOf(key, "descending", "ascending") == "ascending", json),
        ["argmax"] = (item, key, json, _, _) => item.Whole(key, 0, int.MaxValue) is { } column ? new ArgMax((int)column, json) : null,
        ["length"] = (item, key, json, _, _) => item.Whole(key, 0, int.MaxValue) is { } rows ? new Length((int)rows, json) : null,
        ["one_of"] = (item, key, json, _, _) => json is JsonArray { Count: > 0 } values
            ? new OneOf([.. values.Select(v => v?.ToString() ?? "null")], [.. values.Select(Number).OfType<double>()], json)
            : Wrong(item, key, "one_of wants a list of values"),
        ["status"] = (item, key, json, _, _) => (json as JsonArray ?? [json.DeepClone()]).Select(Number).ToList() is var codes && codes.All(c => c is >= 100 and < 600)
            ? new Status([.. codes.Select(c => (int)c!.Value)], json)
            : Wrong(item, key, "status wants one or several HTTP status codes"),
    };

    /// <summary>Reads one item of <c>expect</c>: a mapping of one key.</summary>
    public static IExpectation? Read(YamlMap item, Tolerance usual, string folder)
    {
        item.Only([.. Readers.Keys, .. Later]);
        if (item.Keys is not { Count: 1 })
        {
            item.Wrong("", $"an expectation has one key, not {item.Keys.Count}; write each as an item of its own");
            return null;
        }
        var key = item.Keys.First();
        var json = YamlJson.Of(item.Raw(key)) ?? JsonValue.Create("");
        return Later.Contains(key) ? new NotMeasured(key, json) : Readers.TryGetValue(key, out var read) ? read(item, key, json, usual, folder) : null;
    }

    static IExpectation? Map(YamlMap item, string key, Func<YamlMap, IExpectation> read)
    {
        if (item.MapOrNull(key) is { } map)
            return read(map);
        if (!item.Has(key))
            item.Wrong(key, $"{key} wants keys of its own");
        return null;
    }

    static EqualTo Equal(YamlMap map, JsonNode json, Tolerance usual, string folder)
    {
        map.Only("value", "values", "file", "atol", "rtol", "nan_ok");
        JsonNode? wanted = null;
        if (new[] { "value", "values", "file" }.Count(map.Has) != 1)
            map.Wrong("value", "equals wants exactly one of value, values, file");
        else if (map.TextOrNull("file") is { } file)
            wanted = CaseFile.Read(map, "file", file, folder) is JsonObject answer ? answer["predictions"] : CaseFile.Read(map, "file", file, folder);
        else
            wanted = YamlJson.Of(map.Raw("value") ?? map.Raw("values"));
        var numbers = Flat(wanted).ToList();
        if (numbers.Count == 0 || numbers.Contains(null))
            map.Wrong(map.Has("file") ? "file" : "value", "equals wants numbers: one, a list, or a file with a list or {\"predictions\": […]}");
        return new EqualTo([.. numbers.OfType<double>()], Tolerance.Read(map, usual), json);
    }

    static IEnumerable<double?> Flat(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Flat),
        // An answer that is an object with one numeric field counts as that number.
        JsonObject { Count: 1 } map => Flat(map.First().Value),
        _ => [Number(node)],
    };

    static double? Number(JsonNode? node) => Cell.Of(node) switch
    {
        { Kind: CellKind.Integer or CellKind.Real } cell => cell.Real,
        { Kind: CellKind.Text, Text: "NaN" } => double.NaN,
        { Kind: CellKind.Text, Text: "Infinity" } => double.PositiveInfinity,
        { Kind: CellKind.Text, Text: "-Infinity" } => double.NegativeInfinity,
        _ => null,
    };

    static IExpectation? Wrong(YamlMap item, string key, string problem)
    {
        item.Wrong(key, problem);
        return null;
    }
}
