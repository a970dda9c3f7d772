namespace Assay.Contracts.Conditions;

enum TokenKind
{
    End,
    /// <summary>A word: a name, or one of true, false, null, in.</summary>
    Word,
    /// <summary>A name in backticks.</summary>
    Quoted,
    Number,
    Text,
    /// <summary>An operator, a parenthesis, a bracket, a comma or a dot.</summary>
    Sign,
}

/// <summary>A piece of a condition's text. <paramref name="Text"/> is what it says, without quotes.</summary>
readonly record struct Token(TokenKind Kind, int At, string Text, double Number = 0)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text == word;

    /// <summary>How a message calls it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
