namespace Assay.Server.Storage;

/// <summary>SQL's LIKE with % (any text), _ (any one character) and \ (the next character as it is), as PostgreSQL has it.</summary>
public static class LikePattern
{
    /// <summary>Does the value match? Linear in practice: only the newest % is ever taken up again.</summary>
    public static bool Matches(string pattern, string value, bool ignoreCase)
    {
        if (ignoreCase)
            (pattern, value) = (pattern.ToLowerInvariant(), value.ToLowerInvariant());
        var (p, v, star, mark) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
                (star, mark) = (p++, v);
            else if (Fits(pattern, ref p, value[v]))
                v++;
            else if (star >= 0)
                (p, v) = (star + 1, ++mark);
            else
                return false;
        }
        while (p < pattern.Length && pattern[p] == '%')
            p++;
        return p == pattern.Length;
    }

    static bool Fits(string pattern, ref int p, char c)
    {
        if (p >= pattern.Length)
            return false;
        if (pattern[p] == '\\' && p + 1 < pattern.Length)
        {
            if (pattern[p + 1] != c)
                return false;
            p += 2;
            return true;
        }
        if (pattern[p] != '_' && pattern[p] != c)
            return false;
        p++;
        return true;
    }
}
