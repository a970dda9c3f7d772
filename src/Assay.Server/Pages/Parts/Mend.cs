using System.Text.RegularExpressions;

namespace Assay.Server.Pages.Parts;

/// <summary>A mend as rooms say it, taken apart into what to do in words and what to run.</summary>
public static partial class Mend
{
    /// <summary>The words, and the command when there is one; a digest in brackets behind the command is a note, not part of it.</summary>
    public static (string? Words, string? Command) Of(string? mend)
    {
        if (mend is null || Command().Match(mend) is not { Success: true } found)
            return (string.IsNullOrWhiteSpace(mend) ? null : mend, null);
        var words = mend[..found.Index].TrimEnd(' ', ':');
        return (words.Length == 0 ? null : words + ".", found.Groups[1].Value.Trim());
    }

    [GeneratedRegex(@"(?:^|: )(assay [a-z][^()]*?)(?: \([^)]*\))?\.?$")]
    private static partial Regex Command();
}
