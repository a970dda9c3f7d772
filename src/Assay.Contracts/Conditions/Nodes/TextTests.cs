using Assay.Contracts.Documents;

namespace Assay.Contracts.Conditions.Nodes;

sealed class StartsWith(TextNode of, string sought) : TruthNode
{
    public override bool Of(IConditionScope scope) => of.Of(scope)?.StartsWith(sought, StringComparison.Ordinal) ?? false;
}

sealed class EndsWith(TextNode of, string sought) : TruthNode
{
    public override bool Of(IConditionScope scope) => of.Of(scope)?.EndsWith(sought, StringComparison.Ordinal) ?? false;
}

sealed class Contains(TextNode of, string sought) : TruthNode
{
    public override bool Of(IConditionScope scope) => of.Of(scope)?.Contains(sought, StringComparison.Ordinal) ?? false;
}

/// <summary>Does a pattern, where <c>*</c> is any text, match the whole text?</summary>
sealed class MatchesGlob(TextNode of, string pattern) : TruthNode
{
    readonly string[] parts = Glob.Parts(pattern);

    public override bool Of(IConditionScope scope) => of.Of(scope) is { } text && Glob.Matches(parts, text);
}
