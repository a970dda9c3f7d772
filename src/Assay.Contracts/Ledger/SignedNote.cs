using System.Buffers.Binary;
using System.Text;
using Assay.Contracts.Evidence;

namespace Assay.Contracts.Ledger;

/// <summary>One signature line of a note: the key's name, the 32-bit key id, and what the key made.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes);

/// <summary>
/// A text signed by one or more keys (c2sp.org/signed-note): the text with its last newline, an empty line, signature lines
/// <c>— name base64(key id ‖ signature)</c>. Nothing in it may be believed before a signature was verified.
/// </summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The signature type of Ed25519 over the text.</summary>
    public const byte Ed25519 = 1;

    const int MostSignatures = 64;
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Signs a text, which ends in a newline, under a name without spaces and plus signs.</summary>
    public static SignedNote Sign(string text, string name, SigningKey key)
    {
        var note = new SignedNote(text, [new(name, KeyId(name, Ed25519, key.Verifier), key.Sign(Strict.GetBytes(text)))]);
        return Parse(note.ToString()) is not null ? note : throw new ArgumentException("The text or the name cannot stand in a signed note.", nameof(text));
    }

    /// <summary>Reads a note to the letter; null when it is none. Verifies nothing.</summary>
    public static SignedNote? Parse(string note)
    {
        // A text may hold empty lines itself: the last one parts it from the signatures.
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || end + 2 >= note.Length || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n') || !IsUtf8(note))
            return null;
        List<NoteSignature> signatures = [];
        foreach (var line in note[(end + 2)..^1].Split('\n'))
        {
            if (signatures.Count == MostSignatures || Read(line) is not { } signature)
                return null;
            signatures.Add(signature);
        }
        return new(note[..(end + 1)], signatures);
    }

    /// <summary>Did the key sign the text under that name? A line that names the key and does not verify spoils the note, whatever else is there.</summary>
    public bool IsSignedBy(string name, VerificationKey key)
    {
        var id = KeyId(name, Ed25519, key);
        var mine = Signatures.Where(s => s.Name == name && s.KeyId == id).ToList();
        return mine.Count > 0 && mine.TrueForAll(s => key.Verifies(Strict.GetBytes(Text), s.Bytes));
    }

    /// <summary>SHA-256(name ‖ "\n" ‖ type ‖ public key), its first four bytes.</summary>
    public static uint KeyId(string name, byte type, VerificationKey key) =>
        BinaryPrimitives.ReadUInt32BigEndian(Digest.Of([.. Strict.GetBytes(name + "\n"), type, .. key.Raw]).Bytes);

    /// <summary>The key as other programs take it: <c>name+id+base64(type ‖ public key)</c>.</summary>
    public static string VerifierKey(string name, byte type, VerificationKey key) =>
        $"{name}+{KeyId(name, type, key):x8}+{Convert.ToBase64String([type, .. key.Raw])}";

    /// <summary>The note as a file has it.</summary>
    public override string ToString()
    {
        var built = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            var id = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(id, signature.KeyId);
            built.Append("— ").Append(signature.Name).Append(' ').Append(Convert.ToBase64String([.. id, .. signature.Bytes])).Append('\n');
        }
        return built.ToString();
    }

    static NoteSignature? Read(string line)
    {
        var parts = line.Split(' ');
        if (parts is not ["—", { Length: > 0 } name, var text] || name.Any(c => char.IsWhiteSpace(c) || c == '+'))
            return null;
        return Base64Exactly(text) is { Length: > 4 } bytes ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..]) : null;
    }

    /// <summary>Base64 as RFC 4648 §4 writes it and no other way; null otherwise.</summary>
    internal static byte[]? Base64Exactly(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var n) && Convert.ToBase64String(bytes, 0, n) == text ? bytes[..n] : null;
    }

    static bool IsUtf8(string text)
    {
        try
        {
            Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
