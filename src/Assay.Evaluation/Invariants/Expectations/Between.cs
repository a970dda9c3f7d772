using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>between: {min, max, inclusive, mostly}</c>: every number lies within bounds; with <c>mostly</c>, that share of them.</summary>
internal sealed record Between(double? Min, double? Max, bool Inclusive, double Mostly, JsonNode Expected) : IExpectation
{
    public string Kind => "between";

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("min", "max", "inclusive", "mostly");
        double? min = map.Number("min"), max = map.Number("max");
        if (min is null && max is null)
            map.Wrong("min", "between wants min, max, or both");
        if (min > max)
            map.Wrong("min", "min is above max");
        var mostly = map.Number("mostly") ?? 1;
        if (mostly is not (> 0 and <= 1))
            map.Wrong("mostly", "mostly is a share above 0 and at most 1");
        return new Between(min, max, map.Truth("inclusive") ?? true, mostly, expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Numbers(rounds, numbers =>
    {
        double min = Min ?? double.NegativeInfinity, max = Max ?? double.PositiveInfinity;
        bool Within(double x) => Inclusive ? x >= min && x <= max : x > min && x < max; // NaN is within nothing
        var outside = numbers.Values.Count(x => !Within(x));
        if (numbers.Values.Length > 0 && outside <= (numbers.Values.Length * (1 - Mostly)) + 1e-9)
            return null;
        var first = Array.FindIndex(numbers.Values, x => !Within(x));
        return first < 0 ? "the answer is empty"
            : $"{EachAnswer.Place(numbers, first)} is {EachAnswer.Said(numbers.Values[first])}, wanted {(Inclusive ? "" : "strictly ")}{Wanted()}{(outside > 1 ? $"; {outside} of {numbers.Values.Length} lie outside" : "")}";
    });

    string Wanted() => Min is { } min ? Max is { } max ? $"{EachAnswer.Said(min)} to {EachAnswer.Said(max)}" : $"at least {EachAnswer.Said(min)}" : $"at most {EachAnswer.Said(Max!.Value)}";
}
