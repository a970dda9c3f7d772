using Assay.Server.Storage;

namespace Assay.Server.Artifacts.S3;

/// <summary><c>s3://bucket/prefix</c>; the prefix may be empty and has no slash at its end.</summary>
sealed record S3Address(string Bucket, string Prefix)
{
    const string Scheme = "s3://";

    public static bool Is(string? text) => text?.StartsWith(Scheme, StringComparison.Ordinal) == true;

    /// <summary>Reads an address; throws <see cref="StartRefusedException"/> when it names no bucket.</summary>
    public static S3Address Parse(string text)
    {
        var parts = text[Scheme.Length..].Split('/', 2);
        var prefix = parts.Length > 1 ? parts[1].Trim('/') : "";
        if (parts[0].Length is < 3 or > 63 || !parts[0].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-'))
            throw new StartRefusedException($"--artifacts {text}: '{parts[0]}' cannot be a bucket (3 to 63 lower-case letters, digits, '.' and '-'). Give s3://BUCKET or s3://BUCKET/PREFIX.");
        if (prefix.Length > 200 || prefix.Split('/').Any(n => n is "." or ".." || n.Any(c => char.IsControl(c) || c is '?' or '#')) || prefix.Contains("//", StringComparison.Ordinal))
            throw new StartRefusedException($"--artifacts {text}: '{prefix}' cannot be a prefix (at most 200 characters, names between single slashes, no '.' or '..', no '?' and no '#'). Give s3://BUCKET/PREFIX.");
        return new(parts[0], prefix);
    }

    /// <summary>The key of an object below the prefix.</summary>
    public string Key(string below) => Prefix.Length == 0 ? below : $"{Prefix}/{below}";

    public override string ToString() => Prefix.Length == 0 ? Scheme + Bucket : $"{Scheme}{Bucket}/{Prefix}";
}
