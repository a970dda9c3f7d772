namespace Assay.Contracts.Conditions.Nodes;

/// <summary>Which way two values may stand for a comparison to hold.</summary>
[Flags]
enum Way
{
    Below = 1,
    Equal = 2,
    Above = 4,
}

/// <summary>Two numbers, moments or lengths of time. A missing one makes it false, whatever the operator.</summary>
sealed class NumberComparison(Way ways, NumberNode left, NumberNode right) : TruthNode
{
    public override bool Of(IConditionScope scope)
    {
        double a = left.Of(scope), b = right.Of(scope);
        // NaN is in none of these ways, so a missing value needs no look of its own.
        return (a < b && (ways & Way.Below) != 0) || (a == b && (ways & Way.Equal) != 0) || (a > b && (ways & Way.Above) != 0);
    }
}

/// <summary>Two texts by their UTF-16 code units. A missing one makes it false.</summary>
sealed class TextComparison(Way ways, TextNode left, TextNode right) : TruthNode
{
    public override bool Of(IConditionScope scope)
    {
        if (left.Of(scope) is not { } a || right.Of(scope) is not { } b)
            return false;
        if (ways == Way.Equal)
            return string.Equals(a, b, StringComparison.Ordinal);
        var order = string.CompareOrdinal(a, b);
        return (ways & (order < 0 ? Way.Below : order == 0 ? Way.Equal : Way.Above)) != 0;
    }
}

/// <summary>Two truths, equal or not. A missing one makes it false.</summary>
sealed class TruthComparison(bool equal, TruthNode left, TruthNode right) : TruthNode
{
    public override bool Of(IConditionScope scope) =>
        !left.Missing(scope) && !right.Missing(scope) && (left.Of(scope) == right.Of(scope)) == equal;
}
