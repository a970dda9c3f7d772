using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>
/// A checked condition, such as <c>age_days &lt; 30 &amp;&amp; country in ['DE', 'AT']</c> (docs/conditions.md has the grammar). Asking it always ends, changes
/// nothing, throws nothing and allocates nothing; many threads may ask at once, each with a scope of its own.
/// </summary>
public sealed class Condition
{
    readonly TruthNode root;

    Condition(string text, TruthNode root, IReadOnlyList<int> names) => (Text, this.root, Names) = (text, root, names);

    /// <summary>The condition as it is always written: two texts of the same tree have the same form.</summary>
    public string Text { get; }

    /// <summary>The numbers of the names that it uses, ascending: what a scope must have at hand.</summary>
    public IReadOnlyList<int> Names { get; }

    /// <summary>Reads and checks a condition. A refusal names line, column, what is wrong and the mend.</summary>
    /// <param name="text">The text, at most <see cref="ConditionLimits.Characters"/> characters.</param>
    /// <param name="vocabulary">The names that it may use.</param>
    /// <param name="field">The field that a refusal names, such as <c>slices.by[2].where</c>.</param>
    public static Result<Condition> Parse(string text, Vocabulary vocabulary, string? field = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var fault = new ConditionFault(text, field);
        if (text.Length > ConditionLimits.Characters)
            fault.Note(ConditionLimits.Characters, $"it has {text.Length} characters, more than {ConditionLimits.Characters}", "Write it shorter, or as several conditions.");
        var tree = fault.Refusal is null ? new ConditionParser(new Tokens(text, fault).Read(), fault).Read() : null;
        if (tree is null)
            return fault.Refusal!;
        var checker = new ConditionChecker(vocabulary, fault);
        return checker.Read(tree) is { } root ? new Condition(ConditionText.Of(tree), root, checker.Used) : fault.Refusal!;
    }

    /// <summary>Does it hold here? A comparison with a missing value does not.</summary>
    public bool Holds(IConditionScope scope) => root.Of(scope);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
