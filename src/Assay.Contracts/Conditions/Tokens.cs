using System.Globalization;
using System.Text;

namespace Assay.Contracts.Conditions;

/// <summary>Cuts a condition's text into tokens. After a fault the rest is not read.</summary>
sealed class Tokens(string text, ConditionFault fault)
{
    const double Exact = 9_007_199_254_740_991;
    static readonly string[] Signs = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", "."];

    readonly List<Token> tokens = [];
    int at;

    /// <summary>All tokens; the last is the end.</summary>
    public List<Token> Read()
    {
        while (fault.Refusal is null && at < text.Length)
        {
            var c = text[at];
            if (c is ' ' or '\t' or '\r' or '\n')
                at++;
            else if (char.IsAsciiDigit(c))
                Number();
            else if (char.IsAsciiLetter(c) || c == '_')
                Word();
            else if (c is '\'' or '"')
                Text(c);
            else if (c == '`')
                Quoted();
            else
                Sign();
        }
        tokens.Add(new(TokenKind.End, text.Length, ""));
        return tokens;
    }

    void Word()
    {
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            at++;
        tokens.Add(new(TokenKind.Word, from, text[from..at]));
    }

    void Number()
    {
        var from = at;
        Digits();
        var whole = true;
        if (At(0) == '.' && char.IsAsciiDigit(At(1)))
        {
            (whole, at) = (false, at + 1);
            Digits();
        }
        if (At(0) is 'e' or 'E' && (char.IsAsciiDigit(At(1)) || (At(1) is '+' or '-' && char.IsAsciiDigit(At(2)))))
        {
            (whole, at) = (false, at + 2);
            Digits();
        }
        var written = text[from..at];
        var value = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (char.IsAsciiLetter(At(0)) || At(0) == '_')
            fault.Note(at, $"a letter follows the number {written}", "Put an operator between them; a name that begins with a digit stands in backticks.");
        else if (!double.IsFinite(value) || (whole && value > Exact))
            fault.Note(from, $"the number {written} is too large{(whole ? " to be exact" : "")}", "Write a whole number up to 9007199254740991, or a rounded one with an exponent up to 1e308.");
        tokens.Add(new(TokenKind.Number, from, written, value));
    }

    void Text(char quote)
    {
        var from = at++;
        var said = new StringBuilder();
        while (at < text.Length && text[at] != quote && text[at] >= ' ' && fault.Refusal is null)
            said.Append(text[at] == '\\' ? Escaped() : text[at++]);
        if (At(0) != quote)
            fault.Note(from, "a text does not end on its line", $"Close it with {quote}; a new line inside a text is written \\n.");
        at++;
        tokens.Add(new(TokenKind.Text, from, said.ToString()));
    }

    char Escaped()
    {
        var from = at;
        at += 2;
        switch (At(-1))
        {
            case '\\': return '\\';
            case '\'': return '\'';
            case '"': return '"';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return (char)code;
            default:
                fault.Note(from, "a backslash begins no known sign", """Write \\ for a backslash; known are \\ \' \" \n \r \t and \u with four hexadecimal digits.""");
                return '\0';
        }
    }

    void Quoted()
    {
        var from = at++;
        var end = text.IndexOf('`', at);
        if (end <= at)
            fault.Note(from, end < 0 ? "a name in backticks does not end" : "a name in backticks is empty", "Write the whole name between two backticks, such as `card present`.");
        else
            tokens.Add(new(TokenKind.Quoted, from, text[at..end]));
        at = end + 1;
    }

    void Sign()
    {
        var rest = text.AsSpan(at);
        foreach (var sign in Signs)
        {
            if (!rest.StartsWith(sign, StringComparison.Ordinal))
                continue;
            tokens.Add(new(TokenKind.Sign, at, sign));
            at += sign.Length;
            return;
        }
        fault.Note(at, $"'{text[at]}' means nothing here", text[at] switch
        {
            '=' => "Write == to compare.",
            '&' => "Write && for and.",
            '|' => "Write || for or.",
            _ => "Known signs are && || ! == != < <= > >= + - * / % ( ) [ ] , and . ; texts stand in quotes, unusual names in backticks.",
        });
    }

    void Digits()
    {
        while (char.IsAsciiDigit(At(0)))
            at++;
    }

    char At(int further) => at + further < text.Length ? text[at + further] : '\0';
}
