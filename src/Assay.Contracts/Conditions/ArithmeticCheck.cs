using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>Checks what is added, subtracted, multiplied and divided, and says the kind of the answer.</summary>
sealed class ArithmeticCheck(ConditionFault fault)
{
    public Part Read(PairSyntax pair, Part left, Part right)
    {
        if (fault.Refusal is not null)
            return Part.Wrong;
        if (Answer(pair.Sign, left.Kind, right.Kind) is { } kind)
            return new(kind, new Arithmetic(pair.Sign[0], left.Number, right.Number));
        fault.Note(pair.At, $"{pair.Sign} stands between {left.Shown} and {right.Shown}", left.Kind == ValueKind.Text || right.Kind == ValueKind.Text
            ? "Texts are not joined or counted with: compare each by itself; a number is written without quotes."
            : "Numbers go with numbers, a time with a duration: time - time is a duration, time + duration is a time, duration / duration is a number.");
        return Part.Wrong;
    }

    static ValueKind? Answer(string sign, ValueKind? left, ValueKind? right) => (left, sign, right) switch
    {
        (ValueKind.Number, _, ValueKind.Number) => ValueKind.Number,
        (ValueKind.Time, "+" or "-", ValueKind.Duration) or (ValueKind.Duration, "+", ValueKind.Time) => ValueKind.Time,
        (ValueKind.Time, "-", ValueKind.Time) or (ValueKind.Duration, "+" or "-", ValueKind.Duration) => ValueKind.Duration,
        (ValueKind.Duration, "*" or "/", ValueKind.Number) or (ValueKind.Number, "*", ValueKind.Duration) => ValueKind.Duration,
        (ValueKind.Duration, "/", ValueKind.Duration) => ValueKind.Number,
        _ => null,
    };
}
