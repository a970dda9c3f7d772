namespace Assay.Contracts.Conditions.Nodes;

/// <summary>Is a number, a moment or a length of time in a list? A missing one is in none.</summary>
sealed class NumberIn(NumberNode value, NumberList list) : TruthNode
{
    public override bool Of(IConditionScope scope) => value.Of(scope) is var sought && !double.IsNaN(sought) && list.Has(sought, scope);
}

/// <summary>Is a text in a list? A missing one is in none.</summary>
sealed class TextIn(TextNode value, TextList list) : TruthNode
{
    public override bool Of(IConditionScope scope) => value.Of(scope) is { } sought && list.Has(sought, scope);
}
