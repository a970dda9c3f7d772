using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Contracts;

/// <summary>A SHA-256 digest: <c>sha256:</c> and 64 lower-case hex digits on the wire.</summary>
[JsonConverter(typeof(DigestJson))]
public readonly record struct Digest : IComparable<Digest>
{
    const string Prefix = "sha256:";
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    readonly string? hex;

    Digest(string hex) => this.hex = hex;

    /// <summary>The 64 hex digits without the algorithm.</summary>
    public string Hex => hex ?? new string('0', 64);

    /// <summary>The first 12 hex digits: what pages and messages show.</summary>
    public string Short => Hex[..12];

    /// <summary>The 32 raw bytes.</summary>
    public byte[] Bytes => Convert.FromHexString(Hex);

    /// <summary>Hashes bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Hashes the UTF-8 form of a text.</summary>
    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes the 32 bytes of a finished hash.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == 32 ? new(Convert.ToHexStringLower(hash)) : throw new ArgumentException("A SHA-256 hash has 32 bytes.", nameof(hash));

    /// <summary>Reads <c>sha256:…</c> or 64 bare hex digits; throws <see cref="FormatException"/> otherwise.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest: wanted sha256: and 64 lower-case hex digits.");

    /// <summary>Reads <c>sha256:…</c> or 64 bare hex digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null)
            return false;
        var hex = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        if (hex.Length != 64 || hex.AsSpan().ContainsAnyExcept(HexDigits))
            return false;
        digest = new(hex);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Digest other) => string.CompareOrdinal(Hex, other.Hex);

    /// <summary>The wire's form.</summary>
    public override string ToString() => Prefix + Hex;

    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}

/// <summary>A digest in JSON is its wire form.</summary>
public sealed class DigestJson : JsonConverter<Digest>
{
    /// <inheritdoc/>
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("wanted sha256: and 64 lower-case hex digits");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
