using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>equals: {value | values | file, atol, rtol, nan_ok}</c>: exactly these numbers, row by row, within a tolerance.</summary>
internal sealed record EqualTo(double[] Wanted, Tolerance Within, JsonNode Expected) : IExpectation
{
    public string Kind => "equals";

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Numbers(Wanted.Length > 1 ? [.. rounds.Select(WholeAnswers)] : rounds, numbers =>
    {
        if (numbers.Values.Length != Wanted.Length)
            return $"the answer has {numbers.Values.Length} numbers, wanted {Wanted.Length}";
        for (var i = 0; i < Wanted.Length; i++)
            if (!Within.Equal(numbers.Values[i], Wanted[i]))
                return $"{EachAnswer.Place(numbers, i)} is {EachAnswer.Said(numbers.Values[i])}, wanted {EachAnswer.Said(Wanted[i])}";
        return null;
    });

    /// <summary>Several numbers are those of all rows, also where the suite's default path looks at the first row alone.</summary>
    static Round WholeAnswers(Round round) => round with { Answers = [.. round.Answers.Select(a => a with { Case = a.Case with { Row = null } })] };
}
