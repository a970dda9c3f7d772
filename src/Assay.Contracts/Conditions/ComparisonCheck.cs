using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>Checks comparisons and <c>in</c>: both sides are of one kind, and only what has an order is asked for it.</summary>
sealed class ComparisonCheck(ConditionFault fault)
{
    public Part Read(PairSyntax pair, Part left, Part right)
    {
        if (fault.Refusal is not null)
            return Part.Wrong;
        var node = pair.Sign == "in" ? In(pair, left, right)
            : left.Kind is null || right.Kind is null ? WithNull(pair, left, right)
            : left.Kind != right.Kind ? Differ(pair, left, right)
            : Compare(pair, left, right);
        return node is null ? Part.Wrong : new(ValueKind.Truth, node);
    }

    TruthNode? Compare(PairSyntax pair, Part left, Part right)
    {
        switch (left.Kind)
        {
            case ValueKind.Number or ValueKind.Time or ValueKind.Duration:
                return new NumberComparison(Ways(pair.Sign), left.Number, right.Number);
            case ValueKind.Text:
                return new TextComparison(Ways(pair.Sign), left.Text, right.Text);
            case ValueKind.Truth when pair.Sign is "==" or "!=":
                return new TruthComparison(pair.Sign == "==", left.Truth, right.Truth);
            case ValueKind.Truth:
                return Wrong(pair, "truths have no order", "Use == or !=; what lies between two numbers is written low < x && x < high.");
            default:
                return Wrong(pair, "lists are not compared", "Ask with in whether a list holds a value, or compare size(list).");
        }
    }

    TruthNode? WithNull(PairSyntax pair, Part left, Part right)
    {
        if (left.Kind is null && right.Kind is null)
            return Wrong(pair, "null is compared with null", "Compare a name with null, or ask has(name).");
        if (pair.Sign is "==" or "!=")
            return new Presence(left.Kind is null ? right.Node : left.Node, pair.Sign == "!=");
        return Wrong(pair, $"null stands beside {pair.Sign}", "Use == null or != null to ask whether there is a value.");
    }

    TruthNode? Differ(PairSyntax pair, Part left, Part right) => Wrong(pair, $"{left.Shown} is compared with {right.Shown}", (left.Kind, right.Kind) switch
    {
        (ValueKind.Time, ValueKind.Text) or (ValueKind.Text, ValueKind.Time) => "Write a time as timestamp('2026-01-31T12:00:00Z').",
        (ValueKind.Duration, _) or (_, ValueKind.Duration) => "Write a duration as duration('30d'), with d, h, m or s.",
        (ValueKind.Number, ValueKind.Text) or (ValueKind.Text, ValueKind.Number) => "Write a number without quotes and a text within them.",
        (ValueKind.Truth, ValueKind.Number) or (ValueKind.Number, ValueKind.Truth) => "Write true or false beside a truth; what lies between two numbers is written low < x && x < high.",
        _ => "Compare values of one kind.",
    });

    TruthNode? In(PairSyntax pair, Part left, Part right)
    {
        if (right.Items is null)
            return Wrong(pair, $"{right.Shown} stands after in", "Write a list after in, such as ['DE', 'AT']; text.contains('x') looks into a text.");
        if (left.Kind == right.Items)
            return right.Kind == ValueKind.Texts ? new TextIn(left.Text, (TextList)right.Node) : new NumberIn(left.Number, (NumberList)right.Node);
        return Wrong(pair, $"{left.Shown} is sought in a list whose items are each {Part.Named(right.Items)}", "Seek a value of the list's own kind.");
    }

    TruthNode? Wrong(PairSyntax pair, string problem, string mend)
    {
        fault.Note(pair.At, problem, mend);
        return null;
    }

    static Way Ways(string sign) => sign switch
    {
        "<" => Way.Below,
        "<=" => Way.Below | Way.Equal,
        ">" => Way.Above,
        ">=" => Way.Above | Way.Equal,
        "==" => Way.Equal,
        _ => Way.Below | Way.Above,
    };
}
