using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Invariants.Expectations;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Invariants;

/// <summary>Every expectation by its word in the suite.</summary>
internal static class ExpectationList
{
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
        ["batch_consistent"] = (item, key, json, usual, _) => Map(item, key, map => BatchConsistent.Read(map, json, usual)),
        ["champion_delta"] = (item, key, json, _, _) => Map(item, key, map => ChampionDelta.Read(map, json)),
        ["latency"] = (item, key, json, _, _) => Map(item, key, map => Latency.Read(map, json)),
        ["top_k"] = (item, key, json, _, _) => Map(item, key, map => TopK.Read(map, json)),
        ["mostly"] = (item, key, json, usual, folder) => Share(item, key, json, usual, folder),
        ["regex"] = (item, key, json, _, _) => Matches.Parse(item.Text(key)) is { } pattern ? new Matches(pattern, json)
            : Wrong(item, key, "regex wants a regular expression without look-around and back references"),
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
        item.Only([.. Readers.Keys]);
        if (item.Keys is not { Count: 1 })
        {
            item.Wrong("", $"an expectation has one key, not {item.Keys.Count}; write each as an item of its own");
            return null;
        }
        var key = item.Keys.First();
        var json = YamlJson.Of(item.Raw(key)) ?? JsonValue.Create("");
        return Readers.TryGetValue(key, out var read) ? read(item, key, json, usual, folder) : null;
    }

    static IExpectation? Map(YamlMap item, string key, Func<YamlMap, IExpectation> read)
    {
        if (item.MapOrNull(key) is { } map)
            return read(map);
        if (!item.Has(key))
            item.Wrong(key, $"{key} wants keys of its own");
        return null;
    }

    static Mostly? Share(YamlMap item, string key, JsonNode json, Tolerance usual, string folder)
    {
        if (item.MapOrNull(key)?.Only("share", "expect") is not { } map)
            return null;
        var share = map.Number("share");
        if (share is not (> 0 and <= 1))
            map.Wrong("share", "mostly wants share, above 0 and at most 1");
        var inner = map.Map("expect");
        if (inner.Keys.FirstOrDefault(k => !Mostly.Kinds.Contains(k)) is { } other)
            inner.Wrong(other, $"mostly judges row by row; wanted one of {string.Join(", ", Mostly.Kinds)}");
        return Read(inner, usual, folder) is { } each ? new Mostly(share ?? 1, each, json) : null;
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
