using System.Text;
using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Artifacts;

/// <summary>
/// A logical path in the artifact store, such as <c>1/RUN/artifacts/model/MLmodel</c>: '/' between names, no empty name, no <c>.</c> or
/// <c>..</c> in any depth of URL encoding, nothing absolute. It names a row, never a file on the disk.
/// </summary>
public readonly record struct ArtifactPath
{
    const int MostDecodings = 8;

    ArtifactPath(string value) => Value = value;

    /// <summary>The path as text.</summary>
    public string Value { get; }

    /// <summary>The names between the slashes.</summary>
    public string[] Names => Value.Split('/');

    /// <summary>Reads a path; refuses what could lead elsewhere.</summary>
    public static Result<ArtifactPath> Parse(string text)
    {
        var decoded = text;
        for (var i = 0; ; i++)
        {
            if (Problem(decoded, literal: i == 0) is { } problem)
                return ArtifactRefusals.BadPath(text, problem);
            var next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
                return new ArtifactPath(text);
            if (i == MostDecodings)
                return ArtifactRefusals.BadPath(text, "it is encoded too many times over");
            decoded = next;
        }
    }

    /// <summary>A path that stands in the database, so it was read before.</summary>
    internal static ArtifactPath Kept(string value) => new(value);

    /// <summary>A path below this one.</summary>
    public ArtifactPath Below(string name) => new($"{Value}/{name}");

    static string? Problem(string text, bool literal) =>
        text.Length == 0 ? "it is empty"
        : Encoding.UTF8.GetByteCount(text) > WireLimits.ArtifactPath.Most ? $"it is longer than {WireLimits.ArtifactPath.Most} bytes"
        : text.StartsWith('/') || text.StartsWith('\\') || (text.Length > 1 && char.IsAsciiLetter(text[0]) && text[1] == ':') ? "it is absolute"
        : text.Any(char.IsControl) ? "it has a control character"
        : text.Any(char.IsSurrogate) && !IsWellFormed(text) ? "it is no well-formed text"
        : literal && text.Contains('#', StringComparison.Ordinal) ? "it has a '#'"
        : text.Split('/', '\\').Any(n => n is "." or "..") ? "it has a '.' or '..' in it"
        : literal && text.Split('/').Any(n => n.Length == 0) ? "it has an empty name in it"
        : null;

    static bool IsWellFormed(string text)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
