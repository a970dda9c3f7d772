namespace Assay.Client.Api;

/// <summary>A version as people write it: <c>MODEL@sha256:…</c>, <c>MODEL/3</c>, or <c>sha256:…</c> where that is unambiguous (interfaces §2).</summary>
/// <param name="Model">The model; null when only a digest was given.</param>
/// <param name="Key">The digest, at least 12 hex digits of it, or the number.</param>
public sealed record VersionName(string? Model, string Key)
{
    const int FewestDigits = 12;

    /// <summary>Reads one; null when it is none of the three forms.</summary>
    public static VersionName? Parse(string text)
    {
        if (DigestOf(text) is { } alone)
            return new(null, alone);
        var at = text.LastIndexOf('@');
        if (at > 0 && DigestOf(text[(at + 1)..]) is { } digest)
            return new(text[..at], digest);
        var slash = text.LastIndexOf('/');
        return slash > 0 && long.TryParse(text[(slash + 1)..], out var number) && number > 0 ? new(text[..slash], text[(slash + 1)..]) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Model is null ? Key : Key.StartsWith("sha256:", StringComparison.Ordinal) ? $"{Model}@{Key}" : $"{Model}/{Key}";

    static string? DigestOf(string text)
    {
        const string prefix = "sha256:";
        var hex = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        // Bare digits that are all decimal could be a number; a prefix has to say what it is.
        if (hex.Length == text.Length && hex.Length != 64)
            return null;
        return hex.Length is >= FewestDigits and <= 64 && hex.All(char.IsAsciiHexDigitLower) ? prefix + hex : null;
    }
}
