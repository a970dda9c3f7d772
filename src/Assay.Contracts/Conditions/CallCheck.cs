using Assay.Contracts.Conditions.Nodes;
using Assay.Contracts.Documents;

namespace Assay.Contracts.Conditions;

/// <summary>Checks calls: the function is known, written in its one form, and given what it takes.</summary>
sealed class CallCheck(ConditionChecker checker, ConditionFault fault)
{
    static readonly string[] Before = ["has", "size", "timestamp", "duration"];
    static readonly string[] After = ["startsWith", "endsWith", "contains", "glob"];

    public Part Read(CallSyntax call)
    {
        var form = Before.Contains(call.Function) ? $"{call.Function}({(call.Function is "has" ? "name" : call.Function is "size" ? "text" : "'…'")})" : $"text.{call.Function}('…')";
        if (!Before.Contains(call.Function) && !After.Contains(call.Function))
            return Wrong(call, $"'{call.Function}' is no known function",
                Nearest.To(call.Function, [.. Before, .. After]) is { } near ? $"Write {near}." : $"Known are {string.Join(", ", [.. Before, .. After])}.");
        if (call.Of is null != Before.Contains(call.Function) || call.Arguments.Count != 1)
            return Wrong(call, $"{call.Function} is not called as it is declared", $"Write {form}.");
        return call.Function switch
        {
            "has" => Has(call),
            "size" => Size(call),
            "timestamp" or "duration" => Constant(call),
            _ => Test(call),
        };
    }

    Part Has(CallSyntax call) => call.Arguments[0] is NameSyntax name
        ? new(ValueKind.Truth, new Presence(checker.Any(name).Node, true))
        : Wrong(call, "has asks about something that is no name", "Write has(name); whether a calculation has an answer is asked with != null.");

    Part Size(CallSyntax call)
    {
        var of = checker.Any(call.Arguments[0]);
        return of.Node switch
        {
            TextNode text => new(ValueKind.Number, new TextSize(text)),
            ListNode list => new(ValueKind.Number, new ListSize(list)),
            _ => Wrong(call, $"size is asked of {of.Shown}", "Ask it of a text or a list."),
        };
    }

    Part Constant(CallSyntax call)
    {
        if (call.Arguments[0] is not TextSyntax text)
            return Wrong(call, $"{call.Function} is given something else than a text in quotes", $"Write {(call.Function == "timestamp" ? "timestamp('2026-01-31T12:00:00Z')" : "duration('30d')")}.");
        if (call.Function == "timestamp")
            return Moments.TryRead(text.Value, out var seconds) ? new(ValueKind.Time, new NumberConstant(seconds))
                : Wrong(call, $"'{text.Value}' is no time", "Write it as 2026-01-31T12:00:00Z, with Z or an offset such as +01:00.");
        return Durations.TryParse(text.Value, out var length) ? new(ValueKind.Duration, new NumberConstant(length.TotalSeconds))
            : Wrong(call, $"'{text.Value}' is no duration", "Write a whole number and d, h, m or s, such as 30d.");
    }

    Part Test(CallSyntax call)
    {
        var of = checker.Any(call.Of!);
        if (of.Kind != ValueKind.Text)
            return Wrong(call, $"{call.Function} is asked of {of.Shown}", of.Items is null ? "Ask it of a text." : "Ask with in whether a list holds a value.");
        // What is sought is a constant, so that a condition's cost is bounded by its own length times the text's.
        if (call.Arguments[0] is not TextSyntax { Value: var sought })
            return Wrong(call, $"{call.Function} seeks something else than a text in quotes", $"Write text.{call.Function}('…').");
        return new(ValueKind.Truth, call.Function switch
        {
            "startsWith" => new StartsWith(of.Text, sought),
            "endsWith" => new EndsWith(of.Text, sought),
            "contains" => new Contains(of.Text, sought),
            _ => new MatchesGlob(of.Text, sought),
        });
    }

    Part Wrong(CallSyntax call, string problem, string mend)
    {
        fault.Note(call.At, problem, mend);
        return Part.Wrong;
    }
}
