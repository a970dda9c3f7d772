using System.Globalization;
using System.Text;

namespace Assay.Server.Search;

/// <summary>A place in a filter or an order, and the reading of names, texts, numbers and words from there on.</summary>
sealed class SearchText(string text)
{
    /// <summary>Where we are, in characters from the start.</summary>
    public int At { get; private set; }

    /// <summary>The whole text.</summary>
    public string Whole => text;

    /// <summary>Nothing but blanks left?</summary>
    public bool AtEnd
    {
        get
        {
            while (At < text.Length && char.IsWhiteSpace(text[At]))
                At++;
            return At == text.Length;
        }
    }

    /// <summary>The place of the next character that is no blank.</summary>
    public int Start() => AtEnd ? text.Length : At;

    /// <summary>The character here, after blanks; NUL at the end.</summary>
    public char Next => AtEnd ? '\0' : text[At];

    /// <summary>The character right here, blanks included.</summary>
    char Here => At < text.Length ? text[At] : '\0';

    /// <summary>Goes back to a place read before.</summary>
    public void Back(int to) => At = to;

    /// <summary>Takes these characters if they come next.</summary>
    public bool Take(string symbol)
    {
        if (AtEnd || !text.AsSpan(At).StartsWith(symbol, StringComparison.Ordinal))
            return false;
        At += symbol.Length;
        return true;
    }

    /// <summary>Takes this word, in any case, if it comes next as a word of its own.</summary>
    public bool TakeWord(string word)
    {
        var before = At;
        if (Word() is { } next && next.Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;
        At = before;
        return false;
    }

    /// <summary>A word of letters, digits and underscores that starts with no digit.</summary>
    public string? Word()
    {
        if (AtEnd || !(char.IsLetter(Here) || Here == '_'))
            return null;
        var start = At;
        while (char.IsLetterOrDigit(Here) || Here == '_')
            At++;
        return text[start..At];
    }

    /// <summary>The key after a prefix's dot, bare: it may hold dots, dashes, slashes and colons.</summary>
    public string? BareKey()
    {
        var start = At;
        while (char.IsLetterOrDigit(Here) || Here is '_' or '.' or '-' or '/' or ':')
            At++;
        return At > start ? text[start..At] : null;
    }

    /// <summary>Takes a dot right here.</summary>
    public bool TakeDot()
    {
        if (Here != '.')
            return false;
        At++;
        return true;
    }

    /// <summary>A quoted text, the quote doubled inside standing for itself; null when none comes right here, or it does not end.</summary>
    public string? Quoted(params ReadOnlySpan<char> quotes)
    {
        if (!quotes.Contains(Here))
            return null;
        var (quote, start, built) = (Here, At, new StringBuilder());
        for (At++; At < text.Length; At++)
        {
            if (Here != quote)
                built.Append(Here);
            else if (At + 1 < text.Length && text[At + 1] == quote)
                built.Append(text[At++]);
            else
            {
                At++;
                return built.ToString();
            }
        }
        At = start;
        return null;
    }

    /// <summary>A number: a long where it is one, else a double.</summary>
    public object? Number()
    {
        if (AtEnd)
            return null;
        var start = At;
        if (Here is '-' or '+')
            At++;
        var digits = At;
        while (char.IsAsciiLetterOrDigit(Here) || Here == '.' || (Here is '-' or '+' && text[At - 1] is 'e' or 'E'))
            At++;
        var number = text.AsSpan(start, At - start);
        if (At > digits && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                return whole;
            if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
                return real;
        }
        At = start;
        return null;
    }
}
