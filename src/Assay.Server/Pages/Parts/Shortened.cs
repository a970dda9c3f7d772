using System.Text.RegularExpressions;

namespace Assay.Server.Pages.Parts;

/// <summary>Sentences that rooms wrote with whole digests in them, as people read them.</summary>
public static partial class Shortened
{
    /// <summary>Every digest in its first twelve figures.</summary>
    public static string Of(string text) => Whole().Replace(text, "$1");

    [GeneratedRegex("sha256:([0-9a-f]{12})[0-9a-f]{52}")]
    private static partial Regex Whole();
}
