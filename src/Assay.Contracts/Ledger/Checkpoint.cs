using System.Globalization;
using Assay.Contracts.Evidence;

namespace Assay.Contracts.Ledger;

/// <summary>
/// A signed head of a ledger (c2sp.org/tlog-checkpoint), a signed note of origin, size and root in base64; ours have the time as an extension
/// line. <see cref="Time"/> is null for a log that tells none.
/// </summary>
public sealed record Checkpoint(string Origin, long Size, byte[] Root, DateTimeOffset? Time)
{
    const string TimeLine = "time ";

    string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n{(Time is { } at ? $"{TimeLine}{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\n" : "")}");

    /// <summary>The note with one signature line.</summary>
    public string Sign(SigningKey key) => SignedNote.Sign(Text, Origin, key).ToString();

    /// <summary>Reads a note and checks that one of the keys signed it under the log's name; null when it is malformed or foreign.</summary>
    public static Checkpoint? Open(string note, IEnumerable<VerificationKey> keys) =>
        SignedNote.Parse(note) is { } signed && Read(signed.Text) is { } head && keys.Any(key => signed.IsSignedBy(head.Origin, key)) ? head : null;

    /// <summary>Reads the text of a note to the letter, believing nobody; null when it is no head.</summary>
    public static Checkpoint? Read(string text)
    {
        var lines = text.Split('\n');
        // The text ends in a newline, so the last part is empty, and only that one.
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(l => l.Length == 0))
            return null;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size.ToString(CultureInfo.InvariantCulture) != lines[1])
            return null;
        if (SignedNote.Base64Exactly(lines[2]) is not { Length: 32 } root)
            return null;
        var time = lines[3..].FirstOrDefault(l => l.StartsWith(TimeLine, StringComparison.Ordinal))?[TimeLine.Length..];
        return new(lines[0], size, root, DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);
    }
}
