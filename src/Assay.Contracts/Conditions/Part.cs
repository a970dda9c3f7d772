using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>A checked part: what it gives, and its kind; no kind is null's.</summary>
/// <param name="Kind">The kind of what it gives.</param>
/// <param name="Node">What can be asked.</param>
/// <param name="Items">The kind of a list's items: moments and lengths of time are numbers to the machine, not to the reader.</param>
readonly record struct Part(ValueKind? Kind, Node Node, ValueKind? Items = null)
{
    /// <summary>What stands for a part that is wrong; nobody asks it, since the fault is told instead.</summary>
    public static Part Wrong { get; } = new(null, new TruthConstant(false));

    public NumberNode Number => (NumberNode)Node;

    public TextNode Text => (TextNode)Node;

    public TruthNode Truth => (TruthNode)Node;

    /// <summary>How a message calls its kind.</summary>
    public string Shown => Named(Kind);

    public static string Named(ValueKind? kind) => kind switch
    {
        ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Truth => "a truth",
        ValueKind.Time => "a time",
        ValueKind.Duration => "a duration",
        ValueKind.Numbers => "a list of numbers",
        ValueKind.Texts => "a list of texts",
        _ => "null",
    };
}
