namespace Assay.Contracts.Conditions;

/// <summary>
/// Reads tokens into a tree: one method for each level of docs/conditions.md's grammar, weakest first. After a fault every level returns at once.
/// </summary>
sealed class ConditionParser(List<Token> tokens, ConditionFault fault)
{
    int next, depth, operations;

    Token Here => tokens[next];

    /// <summary>The whole text as one tree; null after a fault.</summary>
    public Syntax? Read()
    {
        if (Here.Kind == TokenKind.End)
            fault.Note(0, "there is nothing", "Write a comparison, such as age_days < 30.");
        var tree = Pairs(0);
        if (Here.Kind != TokenKind.End)
            fault.Note(Here.At, $"{Here.Shown} follows where an operator is wanted", AfterEnd());
        return fault.Refusal is null ? tree : null;
    }

    Syntax Pairs(int level)
    {
        if (level == Operators.Levels.Count)
            return Signed();
        var left = Pairs(level + 1);
        while (fault.Refusal is null && Operators.Levels[level].Contains(Here.Text) && (Here.Kind == TokenKind.Sign || Here.IsWord("in")))
        {
            var sign = Take();
            Count(sign.At);
            left = new PairSyntax(sign.At, sign.Text, left, Pairs(level + 1));
        }
        return left;
    }

    Syntax Signed()
    {
        if (!Here.Is("!") && !Here.Is("-"))
            return Member();
        var sign = Take();
        Count(sign.At);
        return Inside(sign.At, () => new SignSyntax(sign.At, sign.Text, Signed()));
    }

    Syntax Member()
    {
        var of = Single();
        while (fault.Refusal is null && Here.Is("."))
        {
            Take();
            var word = Take();
            if (word.Kind is not (TokenKind.Word or TokenKind.Quoted))
                fault.Note(word.At, $"{word.Shown} follows a dot", "A name or a function follows a dot.");
            else if (Here.Is("("))
                of = Call(word, of);
            else if (of is NameSyntax name)
                of = name with { Name = $"{name.Name}.{word.Text}" };
            else
                fault.Note(word.At, $"'{word.Text}' is no function", "Only functions follow a value, such as country.startsWith('D').");
        }
        return of;
    }

    Syntax Single()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberSyntax(token.At, token.Number);
            case TokenKind.Text:
                return new TextSyntax(token.At, token.Text);
            case TokenKind.Word when token.Text is "true" or "false":
                return new TruthSyntax(token.At, token.Text == "true");
            case TokenKind.Word when token.Text == "null":
                return new NullSyntax(token.At);
            case TokenKind.Word when token.Text != "in":
                return Here.Is("(") ? Call(token, null) : new NameSyntax(token.At, token.Text);
            case TokenKind.Quoted:
                return new NameSyntax(token.At, token.Text);
            case TokenKind.Sign when token.Text == "(":
                return Inside(token.At, () =>
                {
                    var inner = Pairs(0);
                    Close(")", token);
                    return inner;
                });
            case TokenKind.Sign when token.Text == "[":
                return Inside(token.At, () => new ListSyntax(token.At, Items("]", token)));
            default:
                fault.Note(token.At, $"{token.Shown} stands where a value is wanted", "Write a name, a number, a text in quotes, true, false, null, a list or something in parentheses.");
                return new NullSyntax(token.At);
        }
    }

    Syntax Call(Token function, Syntax? of)
    {
        var open = Take();
        Count(function.At);
        return Inside(function.At, () => new CallSyntax(function.At, function.Text, of, Items(")", open)));
    }

    List<Syntax> Items(string close, Token open)
    {
        List<Syntax> items = [];
        while (fault.Refusal is null && !Here.Is(close))
        {
            if (items.Count > 0 && !Here.Is(","))
                break;
            if (items.Count > 0)
                Take();
            items.Add(Pairs(0));
        }
        Close(close, open);
        return items;
    }

    void Close(string close, Token open)
    {
        if (Here.Is(close))
            Take();
        else
            fault.Note(Here.At, $"{Here.Shown} stands where '{close}' is wanted", $"Close the '{open.Text}' of column {open.At + 1} with '{close}'.");
    }

    Syntax Inside(int at, Func<Syntax> read)
    {
        if (++depth > ConditionLimits.Nesting)
            fault.Note(at, $"more than {ConditionLimits.Nesting} parts stand inside each other", "Write it flatter, or as several conditions.");
        var inner = fault.Refusal is null ? read() : new NullSyntax(at);
        depth--;
        return inner;
    }

    void Count(int at)
    {
        if (++operations > ConditionLimits.Operations)
            fault.Note(at, $"there are more than {ConditionLimits.Operations} operators and calls", "Write lists with in, or several conditions.");
    }

    Token Take() => Here.Kind == TokenKind.End ? Here : tokens[next++];

    string AfterEnd() => Here.Text.ToUpperInvariant() switch
    {
        "AND" => "Write && for and.",
        "OR" => "Write || for or.",
        "IS" => "Write == to compare, also with null.",
        "LIKE" or "MATCHES" => "Write name.glob('a*'), or use startsWith, endsWith, contains.",
        _ when next > 0 && tokens[next - 1].Text is "not" or "NOT" => "Write ! for not.",
        _ => "Put && or || between two comparisons; put texts in quotes and unusual names in backticks.",
    };
}
