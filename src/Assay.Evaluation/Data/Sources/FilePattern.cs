using System.Text;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Data.Sources;

/// <summary>Patterns of paths: <c>*</c> and <c>?</c> within one name, <c>**</c> over any number of folders.</summary>
internal static class FilePattern
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static bool Is(string path) => path.AsSpan().ContainsAny('*', '?');

    /// <summary>The folder before the first wildcard, and the pattern below it.</summary>
    public static (string Root, string Pattern) Split(string path)
    {
        var parts = path.Split('/');
        var first = Array.FindIndex(parts, Is);
        return (first <= 1 ? "/" : string.Join('/', parts[..first]), string.Join('/', parts[first..]));
    }

    /// <summary>Matches paths with slashes.</summary>
    public static Regex Of(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
            if (pattern.AsSpan(i).StartsWith("**/"))
                (_, i) = (expression.Append("(?:[^/]+/)*"), i + 2);
            else
                expression.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
        return new(expression.Append('$').ToString(), RegexOptions.CultureInvariant, Longest);
    }
}
