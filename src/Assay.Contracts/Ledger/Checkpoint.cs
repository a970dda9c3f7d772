using System.Globalization;
using System.Text;
using Assay.Contracts.Evidence;

namespace Assay.Contracts.Ledger;

/// <summary>
/// A signed head of the ledger, as a C2SP signed note (c2sp.org/tlog-checkpoint): origin, size, root in base64 and the time as an
/// extension line; then, after an empty line, the signature.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root, DateTimeOffset Time)
{
    const byte Ed25519Algorithm = 1;

    string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\ntime {Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\n");

    /// <summary>The note with one signature line.</summary>
    public string Sign(SigningKey key)
    {
        var signature = key.Sign(Encoding.UTF8.GetBytes(Text));
        return $"{Text}\n— {Origin} {Convert.ToBase64String([.. KeyHash(Origin, key.Verifier), .. signature])}\n";
    }

    /// <summary>Reads a note and checks that one of the keys signed it; null when it is malformed or foreign.</summary>
    public static Checkpoint? Open(string note, IEnumerable<VerificationKey> keys)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var text = note[..(end + 1)];
        var lines = text.Split('\n');
        if (lines.Length < 4 || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 0)
            return null;
        var root = new byte[33];
        if (!Convert.TryFromBase64String(lines[2], root, out var n) || n != 32)
            return null;
        var time = lines.FirstOrDefault(l => l.StartsWith("time ", StringComparison.Ordinal))?[5..];
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;
        var signed = note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => keys.Any(key => Signed(line, lines[0], text, key)));
        return signed ? new(lines[0], size, root[..32], at) : null;
    }

    static bool Signed(string line, string origin, string text, VerificationKey key)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0] != "—" || parts[1] != origin)
            return false;
        var bytes = new byte[96];
        return Convert.TryFromBase64String(parts[2], bytes, out var n) && n == 68
            && bytes.AsSpan(0, 4).SequenceEqual(KeyHash(origin, key))
            && key.Verifies(Encoding.UTF8.GetBytes(text), bytes.AsSpan(4, 64));
    }

    /// <summary>The first four bytes of SHA-256(name ‖ "\n" ‖ algorithm ‖ key), c2sp.org/signed-note.</summary>
    static byte[] KeyHash(string name, VerificationKey key) =>
        Digest.Of([.. Encoding.UTF8.GetBytes(name + "\n"), Ed25519Algorithm, .. key.Raw]).Bytes[..4];
}
