using System.Text.Json.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>batch_consistent: {sizes: [1, 2, 64], atol, rtol}</c>: a row gets the same answer whatever else is asked with it.</summary>
internal sealed record BatchConsistent(IReadOnlyList<int> Sizes, Tolerance Within, JsonNode Expected) : IExpectation
{
    const int Largest = 100_000;

    public string Kind => "batch_consistent";

    public IReadOnlyList<int> Batches => Sizes;

    public static IExpectation Read(YamlMap map, JsonNode expected, Tolerance usual)
    {
        map.Only("sizes", "atol", "rtol");
        var sizes = new List<int>();
        foreach (var text in map.Texts("sizes"))
            if (int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= Largest)
                sizes.Add(size);
            else
                map.Wrong("sizes", $"'{text}' is no size of a batch; wanted a whole number from 1 to {Largest}");
        if (sizes.Count == 0)
            map.Wrong("sizes", "batch_consistent wants sizes, such as [1, 2, 64]");
        return new BatchConsistent(sizes, Tolerance.Read(map, usual), expected);
    }

    public Finding Judge(IReadOnlyList<Round> rounds)
    {
        if (rounds[0].Answers.FirstOrDefault(a => !a.Outputs.Ok) is { } missing)
            return Finding.Errored(missing.Outputs.Refusal!.Message);
        foreach (var batched in rounds[0].Batched.Where(b => Sizes.Contains(b.Size)))
            if (Differs(batched) is { } finding)
                return finding;
        return Finding.Passed(new JsonObject { ["sizes"] = new JsonArray([.. Sizes.Select(s => JsonValue.Create(s))]) });
    }

    Finding? Differs(Batched batched)
    {
        var whole = batched.Whole with { Case = batched.Whole.Case with { Row = null } };
        if (whole.Numbers() is not { Ok: true, Value: var wanted })
            return Finding.Errored(whole.Numbers().Refusal!.Message);
        var seen = new List<double>();
        foreach (var part in batched.Parts.Select(p => p with { Case = whole.Case }))
        {
            var numbers = part.Numbers();
            if (!numbers.Ok)
                return Finding.Errored($"in batches of {batched.Size}: {numbers.Refusal!.Message}");
            seen.AddRange(numbers.Value.Values);
        }
        for (var i = 0; i < seen.Count; i++)
            if (!Within.Equal(seen[i], wanted.Values[i % wanted.Values.Length]))
                return Finding.Failed(EachAnswer.Shown(seen[i]), $"{EachAnswer.Place(wanted, i % wanted.Values.Length)} is {EachAnswer.Said(seen[i])} in batches of {batched.Size}, but {EachAnswer.Said(wanted.Values[i % wanted.Values.Length])} when all {whole.Question.Input.Value.Rows} rows are asked at once");
        return null;
    }
}
