namespace Assay.Contracts.Conditions.Nodes;

/// <summary>A part that is a number, a moment or a length of time. NaN is missing; it is never infinite.</summary>
abstract class NumberNode : Node
{
    public abstract double Of(IConditionScope scope);

    public sealed override bool Missing(IConditionScope scope) => double.IsNaN(Of(scope));

    protected static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}

sealed class NumberConstant(double value) : NumberNode
{
    public double Value { get; } = value;

    public override double Of(IConditionScope scope) => Value;
}

sealed class NumberName(int name) : NumberNode
{
    public override double Of(IConditionScope scope) => Finite(scope.Number(name));
}

sealed class Negative(NumberNode of) : NumberNode
{
    public override double Of(IConditionScope scope) => -of.Of(scope);
}

/// <summary>The characters of a text: Unicode's, so that a pair of surrogates is one.</summary>
sealed class TextSize(TextNode of) : NumberNode
{
    public override double Of(IConditionScope scope)
    {
        if (of.Of(scope) is not { } text)
            return double.NaN;
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
            pairs += char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        return text.Length - pairs;
    }
}

sealed class ListSize(ListNode of) : NumberNode
{
    public override double Of(IConditionScope scope) => of.Size(scope) ?? double.NaN;
}
