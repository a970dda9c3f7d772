using System.Globalization;
using System.Text;

namespace Assay.Contracts.Conditions;

/// <summary>Writes a tree as a condition: one space around operators, no parentheses but those that it takes to read the same tree again.</summary>
static class ConditionText
{
    const int Sign = 5, Member = 6;

    public static string Of(Syntax tree) => Write(tree, 0);

    static string Write(Syntax part, int least) => part switch
    {
        NumberSyntax number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        TextSyntax text => Quoted(text.Value),
        TruthSyntax truth => truth.Value ? "true" : "false",
        NameSyntax name => Name(name.Name),
        ListSyntax list => $"[{Items(list.Items)}]",
        SignSyntax sign => Parentheses($"{sign.Sign}{Write(sign.Of, Sign)}", Sign < least),
        PairSyntax pair => Pair(pair, least),
        CallSyntax call => $"{(call.Of is null ? "" : $"{Write(call.Of, Member)}.")}{call.Function}({Items(call.Arguments)})",
        _ => "null",
    };

    static string Pair(PairSyntax pair, int least)
    {
        var level = Operators.Level(pair.Sign);
        return Parentheses($"{Write(pair.Left, level)} {pair.Sign} {Write(pair.Right, level + 1)}", level < least);
    }

    static string Parentheses(string inner, bool wanted) => wanted ? $"({inner})" : inner;

    static string Items(IReadOnlyList<Syntax> items) => string.Join(", ", items.Select(item => Write(item, 0)));

    static string Name(string name)
    {
        var plain = name.Split('.').All(word => word.Length > 0 && !char.IsAsciiDigit(word[0]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        return plain && name.Split('.')[0] is not ("true" or "false" or "null" or "in") ? name : $"`{name}`";
    }

    static string Quoted(string text)
    {
        var said = new StringBuilder("'");
        foreach (var c in text)
            _ = c switch
            {
                '\\' or '\'' => said.Append('\\').Append(c),
                '\n' => said.Append("\\n"),
                '\r' => said.Append("\\r"),
                '\t' => said.Append("\\t"),
                < ' ' => said.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => said.Append(c),
            };
        return said.Append('\'').ToString();
    }
}
