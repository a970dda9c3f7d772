using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Assay.Contracts.Evidence;

namespace Assay.Contracts.Ledger;

/// <summary>
/// A witness's line under a head (c2sp.org/tlog-cosignature, Ed25519): as of that time this was the largest head of the log that it saw, and
/// consistent with every one before.
/// </summary>
public static class Cosignature
{
    /// <summary>The signature type of a timestamped cosignature.</summary>
    public const byte Type = 4;

    /// <summary>The note with the witness's line added; an older line of the same witness is left out.</summary>
    public static SignedNote Add(SignedNote note, string witness, SigningKey key, DateTimeOffset at)
    {
        var id = SignedNote.KeyId(witness, Type, key.Verifier);
        var seconds = at.ToUnixTimeSeconds();
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        return note with { Signatures = [.. note.Signatures.Where(s => s.Name != witness || s.KeyId != id), new(witness, id, [.. bytes, .. key.Sign(Message(note.Text, seconds))])] };
    }

    /// <summary>When the witness cosigned; null when it did not, or its line does not verify.</summary>
    public static DateTimeOffset? Of(SignedNote note, string witness, VerificationKey key)
    {
        var id = SignedNote.KeyId(witness, Type, key);
        if (note.Signatures.FirstOrDefault(s => s.Name == witness && s.KeyId == id) is not { Bytes: { Length: 72 } bytes })
            return null;
        var seconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return seconds is >= 0 and <= 253402300799 && key.Verifies(Message(note.Text, seconds), bytes.AsSpan(8)) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    static byte[] Message(string text, long seconds) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));
}
