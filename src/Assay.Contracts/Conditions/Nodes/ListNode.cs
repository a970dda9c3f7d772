namespace Assay.Contracts.Conditions.Nodes;

/// <summary>A part that is a list of one kind.</summary>
abstract class ListNode : Node
{
    /// <summary>How many items; null where it is missing.</summary>
    public abstract int? Size(IConditionScope scope);

    public sealed override bool Missing(IConditionScope scope) => Size(scope) is null;
}

/// <summary>Numbers, moments or lengths of time.</summary>
abstract class NumberList : ListNode
{
    public abstract bool Has(double value, IConditionScope scope);
}

/// <summary>Texts.</summary>
abstract class TextList : ListNode
{
    public abstract bool Has(string value, IConditionScope scope);
}

sealed class NumbersConstant(IReadOnlyList<double> values) : NumberList
{
    readonly HashSet<double> set = [.. values];

    public override int? Size(IConditionScope scope) => values.Count;

    public override bool Has(double value, IConditionScope scope) => set.Contains(value);
}

sealed class TextsConstant(IReadOnlyList<string> values) : TextList
{
    readonly HashSet<string> set = new(values, StringComparer.Ordinal);

    public override int? Size(IConditionScope scope) => values.Count;

    public override bool Has(string value, IConditionScope scope) => set.Contains(value);
}

sealed class NumbersName(int name) : NumberList
{
    public override int? Size(IConditionScope scope) => scope.Numbers(name)?.Count;

    public override bool Has(double value, IConditionScope scope)
    {
        var list = scope.Numbers(name);
        for (var i = 0; i < list?.Count; i++)
            if (list[i] == value)
                return true;
        return false;
    }
}

sealed class TextsName(int name) : TextList
{
    public override int? Size(IConditionScope scope) => scope.Texts(name)?.Count;

    public override bool Has(string value, IConditionScope scope)
    {
        var list = scope.Texts(name);
        for (var i = 0; i < list?.Count; i++)
            if (string.Equals(list[i], value, StringComparison.Ordinal))
                return true;
        return false;
    }
}
