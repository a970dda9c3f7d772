using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Invariants;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>What each case asks: its own input, its base's, varied or perturbed, or the inputs of several cases.</summary>
internal sealed class CaseQuestions
{
    const int MostCopies = 100_000;
    static readonly string[] Forms = ["dataframe_split", "dataframe_records", "instances", "inputs", "v2", "file", "from_log"];
    readonly Dictionary<string, YamlMap> cases = new(StringComparer.Ordinal);
    readonly string folder;

    public CaseQuestions(IReadOnlyList<YamlMap> maps, string folder)
    {
        this.folder = folder;
        foreach (var map in maps)
            if (map.TextOrNull("name") is { } name && !cases.TryAdd(name, map))
                map.Wrong("name", $"a case named '{name}' stands before it; each name is used once");
    }

    public (IReadOnlyList<Question> Asked, Question? Base, IReadOnlyList<Cell> Varied) Of(YamlMap map)
    {
        if (new[] { "input", "inputs", "base" }.Count(map.Has) != 1)
        {
            map.Wrong("input", "a case wants exactly one of input, base, inputs");
            return ([], null, []);
        }
        if (!map.Has("base") && (map.Has("vary") || map.Has("perturb")))
            map.Wrong(map.Has("vary") ? "vary" : "perturb", "vary and perturb change a base: name one with base");
        if (map.Has("input"))
            return ([Own(map)], null, []);
        if (map.Has("inputs"))
            return ([.. map.Texts("inputs").Select(name => Named(map, "inputs", name)).OfType<Question>()], null, []);
        return Named(map, "base", map.Text("base")) is { } original ? Changed(map, original) : ([], null, []);
    }

    (IReadOnlyList<Question>, Question?, IReadOnlyList<Cell>) Changed(YamlMap map, Question original)
    {
        if (map.Has("vary") && map.Has("perturb"))
            map.Wrong("perturb", "a case wants vary or perturb, not both");
        if (map.MapOrNull("vary") is { } vary)
            return Varied(vary.Only("column", "values"), original);
        if (!map.Has("perturb"))
            return ([original with { Label = "" }], original, []);
        return ([.. map.Maps("perturb").SelectMany(item => Perturbed(item, original))], original, []);
    }

    static (IReadOnlyList<Question>, Question?, IReadOnlyList<Cell>) Varied(YamlMap vary, Question original)
    {
        var column = vary.Text("column");
        var values = (vary.Raw("values") as YamlSequenceNode)?.Children.Select(YamlJson.Of).ToList() ?? [];
        if (values.Count < 2 || values.Any(v => Cell.Of(v) is null))
            vary.Wrong("values", "vary wants values: a list of at least two");
        if (original.Input.Ok && original.Input.Value.Columns.All(c => c.Name != column))
            vary.Wrong("column", $"the base has no column '{column}'{(Nearest.To(column, original.Input.Value.Columns.Select(c => c.Name ?? "")) is { } near ? $"; is '{near}' meant?" : "")}");
        var cells = values.Select(v => Cell.Of(v) ?? Cell.Missing).ToList();
        return ([.. cells.Select((cell, i) => Derived(original, $"{column} = {cell}", new JsonObject { ["set"] = new JsonObject { [column] = values[i]?.DeepClone() } }, input => input.With(column, cell)))],
            original, cells);
    }

    static IEnumerable<Question> Perturbed(YamlMap item, Question original)
    {
        item.Only("set", "permute_columns", "duplicate_row");
        if (item.Keys.Count != 1)
            item.Wrong("", "a perturbation has one key; write each as an item of its own");
        else if (YamlJson.Of(item.Raw("set")) is JsonObject set)
            yield return Derived(original, $"set {set.ToJsonString()}", new JsonObject { ["set"] = set.DeepClone() },
                input => set.Aggregate(input, (so, pair) => so.With(pair.Key, Cell.Of(pair.Value) ?? Cell.Missing)));
        else if (item.Has("set"))
            item.Wrong("set", "set wants columns with their values");
        else if (item.Truth("permute_columns") == true)
            yield return Derived(original, "columns permuted", new JsonObject { ["permute_columns"] = true }, input => input.Turned());
        else if (item.Whole("duplicate_row", 1, MostCopies) is { } copies)
            yield return Derived(original, $"rows {copies} more times", new JsonObject { ["duplicate_row"] = copies }, input => input.Repeated((int)copies));
    }

    static Question Derived(Question original, string label, JsonObject change, Func<ModelInput, ModelInput> apply) =>
        new(label, original.Input.Map(apply), new JsonObject { ["base"] = original.Source.DeepClone(), ["change"] = change });

    Question? Named(YamlMap map, string key, string name)
    {
        if (!cases.TryGetValue(name, out var other))
        {
            map.Wrong(key, $"there is no case '{name}'{(Nearest.To(name, cases.Keys) is { } near ? $"; is '{near}' meant?" : "")}");
            return null;
        }
        if (!other.Has("input"))
        {
            map.Wrong(key, $"the case '{name}' has no input of its own");
            return null;
        }
        return Own(other) with { Label = name };
    }

    Question Own(YamlMap map)
    {
        if (map.MapOrNull("input") is not { } input)
            return new("", ExpectationRefusals.NoInput(), new JsonObject());
        var found = Forms.Where(input.Has).ToList();
        input.Only([.. Forms, "params"]);
        if (found is not [var form])
        {
            input.Wrong(found.ElementAtOrDefault(1) ?? "", $"an input has exactly one of {string.Join(", ", Forms)}");
            return new("", ExpectationRefusals.NoInput(), new JsonObject());
        }
        var source = form == "from_log" ? LoggedRow.Read(input, folder) : form == "file" ? CaseFile.Read(input, form, input.Text(form), folder) : new JsonObject { [form] = YamlJson.Of(input.Raw(form)) };
        if (source is null)
            return new("", ExpectationRefusals.NoInput(), new JsonObject());
        // A file that is a v2 request has `inputs` as a list of tensors with names.
        var read = form is not ("file" or "from_log") ? InputJson.Read(form, source[form])
            : source["inputs"] is JsonArray { Count: > 0 } tensors && tensors[0]?["datatype"] is not null ? InputJson.Read("v2", source) : InputJson.Read(source);
        if (!read.Ok)
            input.Wrong(form, $"{read.Refusal!.Message} {read.Refusal.Mend}".TrimEnd('.'));
        return new("", read, source);
    }
}
