using System.Globalization;
using System.Text.Json.Nodes;

namespace Assay.Evaluation.Invariants;

/// <summary>Goes over the answers of all rounds and stops at the first that does not hold.</summary>
internal static class EachAnswer
{
    const int MostShown = 16;

    /// <summary>Judges each answer by itself.</summary>
    public static Finding Judge(IReadOnlyList<Round> rounds, Func<Answer, Finding> judge) => Judge(rounds, round => All(round.Answers.Select(answer =>
    {
        var finding = answer.Outputs.Ok ? judge(answer) : Finding.Errored(answer.Outputs.Refusal!.Message);
        return finding.Ok || answer.Question.Label.Length == 0 ? finding : finding with
        {
            Reason = finding.Reason is null ? null : $"{answer.Question.Label}: {finding.Reason}",
            Error = finding.Error is null ? null : $"{answer.Question.Label}: {finding.Error}",
        };
    })));

    /// <summary>Judges each round as a whole.</summary>
    public static Finding Judge(IReadOnlyList<Round> rounds, Func<Round, Finding> judge) => rounds.Select(judge).FirstOrDefault(f => !f.Ok) ?? judge(rounds[0]);

    /// <summary>Judges the numbers of each answer.</summary>
    public static Finding Numbers(IReadOnlyList<Round> rounds, Func<Numbers, string?> problem) => Judge(rounds, (Answer answer) =>
    {
        var numbers = answer.Numbers();
        if (!numbers.Ok)
            return Finding.Errored(numbers.Refusal!.Message);
        return problem(numbers.Value) is { } reason ? Finding.Failed(Shown(numbers.Value), reason) : Finding.Passed(Shown(numbers.Value));
    });

    /// <summary>Some numbers as evidence shows them: one as itself, several as a list, at most 16; what is no number is null.</summary>
    public static JsonNode? Shown(Numbers numbers) => Shown(numbers.Values);

    public static JsonNode? Shown(IReadOnlyList<double> values) => values is [var one] ? Shown(one) : new JsonArray([.. values.Take(MostShown).Select(Shown)]);

    public static JsonNode? Shown(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>A number in a sentence.</summary>
    public static string Said(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Where a number stands, counted as people count rows.</summary>
    public static string Place(Numbers numbers, int index) => numbers.Values.Length == 1 ? "the answer"
        : numbers.Columns == 1 ? $"row {index + 1}" : $"row {(index / numbers.Columns) + 1}, column {(index % numbers.Columns) + 1}";

    static Finding All(IEnumerable<Finding> findings)
    {
        Finding? first = null, failed = null;
        foreach (var finding in findings)
        {
            if (finding.Error is not null)
                return finding; // what could not be judged weighs more than what failed
            first ??= finding;
            failed ??= finding.Ok ? null : finding;
        }
        return failed ?? first ?? Finding.Errored("the case asks nothing");
    }
}
