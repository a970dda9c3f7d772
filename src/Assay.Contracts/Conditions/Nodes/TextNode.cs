namespace Assay.Contracts.Conditions.Nodes;

/// <summary>A part that is a text. null is missing.</summary>
abstract class TextNode : Node
{
    public abstract string? Of(IConditionScope scope);

    public sealed override bool Missing(IConditionScope scope) => Of(scope) is null;
}

sealed class TextConstant(string value) : TextNode
{
    public string Value { get; } = value;

    public override string? Of(IConditionScope scope) => Value;
}

sealed class TextName(int name) : TextNode
{
    public override string? Of(IConditionScope scope) => scope.Text(name);
}
