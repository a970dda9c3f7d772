using System.Security.Cryptography;

namespace Assay.Contracts;

/// <summary>Makes ULIDs: 48 bits of UTC milliseconds and 80 random bits in Crockford's base 32 (26 characters), so that ids sort by time.</summary>
public static class Ulid
{
    const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new id for that moment.</summary>
    public static string New(DateTimeOffset at)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        Span<char> text = stackalloc char[26];
        var ms = at.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--, ms >>= 5)
            text[i] = Alphabet[(int)(ms & 31)];
        var (high, low) = (ReadFive(random[..5]), ReadFive(random[5..]));
        for (var i = 17; i >= 10; i--, high >>= 5)
            text[i] = Alphabet[(int)(high & 31)];
        for (var i = 25; i >= 18; i--, low >>= 5)
            text[i] = Alphabet[(int)(low & 31)];
        return new string(text);
    }

    static long ReadFive(ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        return value;
    }
}
