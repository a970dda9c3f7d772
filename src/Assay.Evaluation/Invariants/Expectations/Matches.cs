using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary><c>regex: "^(approve|refuse)$"</c>: every text of the output matches, somewhere. The output is the one that the suite names, else the only one of text.</summary>
internal sealed record Matches(Regex Pattern, JsonNode Expected) : IExpectation
{
    public string Kind => "regex";

    /// <summary>The pattern, or null when it is none. Without look-around and back references, so that no text can make it slow.</summary>
    public static Regex? Parse(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public Finding Judge(IReadOnlyList<Round> rounds) => EachAnswer.Judge(rounds, (Answer answer) =>
    {
        var texts = answer.Outputs.Value.Where(o => o.Kind == TensorKind.Text).ToList();
        var output = answer.Case.Wish.Tensor is not null || texts.Count != 1 ? answer.Tensor() : texts[0];
        if (!output.Ok)
            return Finding.Errored(output.Refusal!.Message);
        if (output.Value.Data is not string[] values)
            return Finding.Errored($"regex needs an output of text; {output.Value.Name} is {output.Value.Kind.KServeName()}");
        var seen = new JsonArray([.. values.Take(16).Select(v => JsonValue.Create(v))]);
        var wrong = Array.FindIndex(values, v => !Pattern.IsMatch(v));
        return wrong < 0 ? Finding.Passed(seen) : Finding.Failed(seen, $"'{values[wrong]}' in row {(wrong / Math.Max(1, output.Value.Columns)) + 1} does not match {Pattern}");
    });
}
