using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>champion_delta: {atol: 0.05, rtol: 0}</c>: on the same input the answer lies this near to that of the version given with <c>--against</c>.</summary>
internal sealed record ChampionDelta(Tolerance Within, JsonNode Expected) : IExpectation
{
    public string Kind => "champion_delta";

    public bool NeedsChampion => true;

    public static IExpectation Read(YamlMap map, JsonNode expected)
    {
        map.Only("atol", "rtol");
        if (!map.Has("atol") && !map.Has("rtol"))
            map.Wrong("atol", "champion_delta wants atol, how far the two may lie apart");
        return new ChampionDelta(Tolerance.Read(map, new(0, 0)), expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds)
    {
        if (rounds[0].Answers.FirstOrDefault(a => !a.Outputs.Ok) is { } missing)
            return Finding.Errored(missing.Outputs.Refusal!.Message);
        if (rounds[0].Champion is not { } champion)
            return Finding.Errored("there is no version to compare with: give --against champion, or --against VERSION");
        if (!champion.Ok)
            return Finding.Errored($"the version to compare with: {champion.Refusal!.Message}");
        var most = 0.0;
        foreach (var (own, other) in rounds[0].Answers.Zip(champion.Value))
        {
            var (seen, wanted) = (own.Numbers(), other.Numbers());
            if (!seen.Ok || !wanted.Ok)
                return Finding.Errored(seen.Refusal?.Message ?? $"the version to compare with: {wanted.Refusal!.Message}");
            double[] a = seen.Value.Values, b = wanted.Value.Values;
            if (a.Length != b.Length)
                return Finding.Failed(a.Length, $"the answer has {a.Length} numbers, that of the other version {b.Length}");
            for (var i = 0; i < a.Length; i++)
                if (!Within.Equal(a[i], b[i]))
                    return Finding.Failed(EachAnswer.Shown(a[i]), $"{(own.Question.Label.Length > 0 ? own.Question.Label + ": " : "")}{EachAnswer.Place(seen.Value, i)} is {EachAnswer.Said(a[i])}, the other version answers {EachAnswer.Said(b[i])}");
                else
                    most = Math.Max(most, Math.Abs(a[i] - b[i]));
        }
        return Finding.Passed(new JsonObject { ["largest_difference"] = EachAnswer.Shown(most) });
    }
}
