using System.Text;
using System.Text.Unicode;

namespace Assay.Evaluation.Data.Formats;

/// <summary>Bytes as texts. Short ones that come again and again, as countries do, are made once.</summary>
internal sealed class TextCache
{
    const int Slots = 1024, Longest = 24;
    readonly string?[] texts = new string?[Slots];

    /// <summary>The text; null when the bytes are no UTF-8.</summary>
    public string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest || !Ascii.IsValid(bytes))
            return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        var hash = (uint)bytes.Length;
        foreach (var one in bytes)
            hash = (hash ^ one) * 16777619;
        ref var slot = ref texts[(hash ^ (hash >> 15)) % Slots];
        return slot is not null && Ascii.Equals(bytes, slot) ? slot : slot = Encoding.ASCII.GetString(bytes);
    }
}
