using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>schema: {dtype, shape, names}</c>: the kind of the output, its dimensions (−1 is any) and the outputs that there must be.</summary>
internal sealed record Schema(TensorKind? Type, IReadOnlyList<int>? Shape, IReadOnlyList<string> Names, JsonNode Expected) : IExpectation
{
    public string Kind => "schema";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("dtype", "shape", "names");
        var type = map.TextOrNull("dtype");
        var kind = type is null ? null : TensorKinds.Parse(type);
        if (type is not null && kind is null)
            map.Wrong("dtype", $"'{type}' is no type; wanted such as FP32, INT64, BYTES or float32");
        List<int>? shape = null;
        if (map.Has("shape"))
        {
            shape = [];
            foreach (var dimension in map.Texts("shape"))
                if (int.TryParse(dimension, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var d) && d >= -1)
                    shape.Add(d);
                else
                    map.Wrong("shape", $"'{dimension}' is no dimension; wanted a whole number, or -1 for any");
        }
        if (type is null && shape is null && !map.Has("names"))
            map.Wrong("dtype", "schema wants dtype, shape or names");
        return new Schema(kind, shape, map.Texts("names"), expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var outputs = answer.Outputs.Value;
        if (Names.Where(n => outputs.All(o => o.Name != n)).ToList() is { Count: > 0 } missing)
            return Finding.Failed(new JsonArray([.. outputs.Select(o => JsonValue.Create(o.Name))]), $"there is no output {string.Join(", ", missing)}");
        if (Type is null && Shape is null)
            return Finding.Passed(new JsonArray([.. outputs.Select(o => JsonValue.Create(o.Name))]));
        var output = answer.Tensor();
        if (!output.Ok)
            return Finding.Errored(output.Refusal!.Message);
        var seen = new JsonObject { ["dtype"] = output.Value.Kind.KServeName(), ["shape"] = new JsonArray([.. output.Value.Shape.Select(d => JsonValue.Create(d))]) };
        if (Type is { } type && output.Value.Kind != type)
            return Finding.Failed(seen, $"{output.Value.Name} is {output.Value.Kind.KServeName()}, wanted {type.KServeName()}");
        var fits = Shape is null || (Shape.Count == output.Value.Shape.Length && Shape.Zip(output.Value.Shape).All(d => d.First is -1 || d.First == d.Second));
        return fits ? Finding.Passed(seen) : Finding.Failed(seen, $"{output.Value.Name} has the shape [{string.Join(", ", output.Value.Shape)}], wanted [{string.Join(", ", Shape!)}]");
    });
}
