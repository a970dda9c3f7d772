namespace Assay.Contracts.Documents;

/// <summary>Names with <c>*</c> for any text, as profiles and policies match by.</summary>
public static class Glob
{
    /// <summary>Does the pattern match the whole name?</summary>
    public static bool Matches(string pattern, string name) => Matches(Parts(pattern), name);

    /// <summary>The literal parts of a pattern, for one that is matched many times.</summary>
    public static string[] Parts(string pattern) => pattern.Split('*');

    /// <summary>Do the parts of a pattern match the whole name? Allocates nothing.</summary>
    public static bool Matches(string[] parts, string name)
    {
        if (parts.Length == 1)
            return parts[0] == name;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal) || name.Length < parts[0].Length + parts[^1].Length || !name.EndsWith(parts[^1], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = name.IndexOf(part, at, name.Length - parts[^1].Length - at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }
        return true;
    }

    /// <summary>How specific: an exact name beats every pattern, more literal letters beat fewer.</summary>
    public static int Weight(string pattern) => pattern.Contains('*', StringComparison.Ordinal) ? pattern.Replace("*", "", StringComparison.Ordinal).Length : 1_000_000;
}
