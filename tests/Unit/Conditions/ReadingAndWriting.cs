using System.Globalization;
using Assay.Contracts.Conditions;
using CsCheck;

namespace Assay.Tests.Unit.Conditions;

/// <summary>Random trees, written with every parenthesis and counted by an evaluator of the test's own.</summary>
public sealed class ReadingAndWriting
{
    static readonly Vocabulary Words = new([("a", ValueKind.Number), ("b", ValueKind.Number), ("p.q", ValueKind.Truth), ("t", ValueKind.Text)]);

    /// <summary>A random part: how it is written with all its parentheses, and what it is worth (null: missing).</summary>
    sealed record Made(string Text, Func<Given, object?> Value);

    sealed record Given(double? A, double? B, bool? P, string? T);

    static readonly Gen<Made> Number = Gen.Recursive<Made>((depth, inner) => depth > 4 ? NumberLeaf : Gen.OneOf(NumberLeaf,
        Gen.Select(inner, Gen.OneOf("+", "-", "*", "/", "%"), inner, (l, sign, r) => new Made($"({l.Text} {sign} {r.Text})", row => Count(sign, l.Value(row), r.Value(row)))),
        inner.Select(of => new Made($"(-{of.Text})", row => -(double?)of.Value(row)))));

    static readonly Gen<Made> Truth = Gen.Recursive<Made>((depth, inner) => depth > 4 ? TruthLeaf : Gen.OneOf(TruthLeaf,
        Gen.Select(inner, Gen.Bool, inner, (l, and, r) => new Made($"({l.Text} {(and ? "&&" : "||")} {r.Text})",
            row => and ? l.Value(row) is true && r.Value(row) is true : l.Value(row) is true || r.Value(row) is true)),
        Gen.Select(inner, Gen.OneOf("==", "!="), inner, (l, sign, r) => new Made($"({l.Text} {sign} {r.Text})",
            row => l.Value(row) is bool x && r.Value(row) is bool y && (x == y) == (sign == "=="))),
        inner.Select(of => new Made($"(!{of.Text})", row => of.Value(row) is not true))));

    static Gen<Made> NumberLeaf => Gen.OneOf(
        Gen.OneOf(0, 1, 2, 3, 7, 0.5, 1e20, 0.1, 1e-7).Select(v => new Made(v.ToString(CultureInfo.InvariantCulture), _ => v)),
        Gen.Const(new Made("a", row => row.A)), Gen.Const(new Made("b", row => row.B)));

    static Gen<Made> TruthLeaf => Gen.OneOf(
        Gen.Bool.Select(v => new Made(v ? "true" : "false", _ => v)), Gen.Const(new Made("p.q", row => row.P)),
        Gen.Select(Number, Gen.OneOf("<", "<=", ">", ">=", "==", "!="), Number, (l, sign, r) => new Made($"({l.Text} {sign} {r.Text})", row => Compare(sign, l.Value(row), r.Value(row)))),
        Gen.Select(Number, Gen.Bool, (of, equal) => new Made($"({of.Text} {(equal ? "==" : "!=")} null)", row => of.Value(row) is null == equal)),
        Number.Select(of => new Made($"({of.Text} in [1, -2, 0.5])", row => of.Value(row) is 1.0 or -2.0 or 0.5)),
        Gen.OneOf("x", "it's", "\\", "\n\t\u0001", "\"", "\ud83d\ude00", "").Select(text => new Made($"(t == \"{Escaped(text)}\")", row => row.T == text && row.T is not null)));

    static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:X4}"));

    static object? Count(string sign, object? left, object? right)
    {
        if (left is not double l || right is not double r)
            return null;
        var answer = sign switch { "+" => l + r, "-" => l - r, "*" => l * r, "/" => l / r, _ => l % r };
        return double.IsFinite(answer) ? answer : null;
    }

    static bool Compare(string sign, object? left, object? right) => left is double l && right is double r &&
        sign switch { "<" => l < r, "<=" => l <= r, ">" => l > r, ">=" => l >= r, "==" => l == r, _ => l != r };

    static readonly Gen<Given> Rows = Gen.Select(Gen.OneOf<double?>(0, 1, -2, 3.5, null), Gen.OneOf<double?>(0, 2, null), Gen.OneOf<bool?>(true, false, null), Gen.OneOf("x", "it's", null),
        (a, b, p, t) => new Given(a, b, p, t));

    static ConditionValues Scope(Given row)
    {
        var values = new ConditionValues(Words).Set("a", row.A ?? double.NaN).Set("b", row.B ?? double.NaN).Set("t", row.T);
        return row.P is { } p ? values.Set("p.q", p) : values;
    }

    [Fact]
    public void It_agrees_with_another_evaluator() => Truth.Where(made => made.Text.Length <= ConditionLimits.Characters).Select(Rows).Sample((made, row) =>
    {
        var read = Condition.Parse(made.Text, Words);
        if (!read.Ok)
            read.Refusal!.Message.ShouldContain("more than"); // the limits alone refuse what is well made
        else
            read.Value.Holds(Scope(row)).ShouldBe(made.Value(row) is true, made.Text);
    }, iter: 3_000);

    [Fact]
    public void Written_with_the_fewest_parentheses_it_is_read_as_the_same_tree() => Truth.Where(made => made.Text.Length <= ConditionLimits.Characters).Select(Rows).Sample((made, row) =>
    {
        if (Condition.Parse(made.Text, Words) is not { Ok: true, Value: var read })
            return;
        var again = Condition.Parse(read.Text, Words).Value;
        again.Text.ShouldBe(read.Text);
        again.Holds(Scope(row)).ShouldBe(read.Holds(Scope(row)), made.Text);
    }, iter: 3_000);

    [Theory]
    [InlineData("((a+b)*2)<3||(p.q)&&!(!(t==\"it's\"))", "(a + b) * 2 < 3 || p.q && !!(t == 'it\\'s')")]
    [InlineData("a - (b - 1) > (a - b) - 1", "a - (b - 1) > a - b - 1")]
    [InlineData("(p.q || p.q) && (p.q && p.q)", "(p.q || p.q) && (p.q && p.q)")]
    [InlineData("`p.q` == ( a < 1e20 )", "p.q == (a < 1E+20)")]
    [InlineData("(t).startsWith('x')", "t.startsWith('x')")]
    [InlineData("-(-a) in [ 1,-2 ]", "--a in [1, -2]")]
    public void Two_texts_of_one_tree_are_written_alike(string text, string written)
    {
        Condition.Parse(text, Words).Value.Text.ShouldBe(written);
        Condition.Parse(written, Words).Value.Text.ShouldBe(written);
    }

    [Fact]
    public void Any_text_can_be_a_name_in_backticks()
    {
        var words = new Vocabulary([("Card present?", ValueKind.Truth), ("in", ValueKind.Number), ("1st", ValueKind.Number), ("größe.cm", ValueKind.Number)]);
        Condition.Parse("`Card present?` && `in` + `1st` < `größe.cm`", words).Value.Text.ShouldBe("`Card present?` && `in` + `1st` < `größe.cm`");
    }
}
