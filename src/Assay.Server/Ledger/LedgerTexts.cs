using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>A text that stands beside the ledger. Without words it was erased.</summary>
public sealed record LedgerText(string Hash, byte[]? Salt, string? Words, string? ErasedBy)
{
    /// <summary>Is the hash that of salt and words? True for one that was erased: there is nothing left to compare.</summary>
    public bool IsSound => Words is null || (Salt is not null && Hash == LedgerTexts.HashOf(Salt, Words));
}

/// <summary>
/// Personal text (comments, reasons) beside the ledger: entries hold SHA-256(salt ‖ words), so that the words can be erased while everything still
/// verifies, and nobody can try out which words they were. Rooms keep the mark that <see cref="Keep"/> gives instead of the words.
/// </summary>
public sealed class LedgerTexts
{
    /// <summary>The key under which an entry holds the hash of a text.</summary>
    public const string Key = "text_sha256";

    const string Prefix = "text:";
    const int SaltBytes = 16;
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Keeps a text and returns its mark for a column of the caller's; null for none.</summary>
    public async Task<string?> Keep(Tx tx, string? words)
    {
        if (string.IsNullOrEmpty(words))
            return null;
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = HashOf(salt, words);
        await tx.Execute(TextSql.Add, ("hash", hash), ("salt", salt), ("words", words));
        return Prefix + hash;
    }

    /// <summary>What an entry says of a text: <c>{"text_sha256": "…"}</c>. One that an older server kept in the open gets its plain hash.</summary>
    public static JsonObject? Told(string? mark) => mark is null ? null : HashIn(mark) is { } hash ? new() { [Key] = hash } : new() { ["sha256"] = Digest.Of(mark).Hex };

    /// <summary>What to show for a column: the words behind a mark, or the column itself where it is none.</summary>
    public async Task<string?> Shown(Tx tx, string? column) =>
        column is not null && HashIn(column) is { } hash ? Words(await tx.First(TextSql.One, ("hash", hash))) : column;

    /// <summary>The same for many columns at once: what to show for each.</summary>
    public async Task<Func<string?, string?>> Reading(Tx tx, IEnumerable<string?> columns)
    {
        var hashes = columns.Select(c => c is null ? null : HashIn(c)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = (await Of(tx, hashes)).ToDictionary(t => t.Hash);
        return column => column is not null && HashIn(column) is { } hash ? Words(found.GetValueOrDefault(hash)) : column;
    }

    /// <summary>The texts behind hashes, as far as they are there.</summary>
    public static async Task<List<LedgerText>> Of(Tx tx, IReadOnlyCollection<string> hashes) =>
        hashes.Count == 0 ? [] : await tx.All(TextSql.Among, ("among", hashes.ToArray()));

    /// <summary>All hashes of texts that stand in an entry's bytes.</summary>
    public static IEnumerable<string> In(ReadOnlySpan<byte> body)
    {
        List<string> found = [];
        var needle = "\"text_sha256\":\""u8;
        for (var at = body.IndexOf(needle); at >= 0; at = body.IndexOf(needle))
        {
            body = body[(at + needle.Length)..];
            if (body.Length >= 64 && Encoding.ASCII.GetString(body[..64]) is var hash && !hash.AsSpan().ContainsAnyExcept(HexDigits))
                found.Add(hash);
        }
        return found;
    }

    /// <summary>An entry for people: where its detail holds the hash of a text, the words stand.</summary>
    public static JsonObject WithWords(JsonObject entry, IReadOnlyList<LedgerText> texts)
    {
        if (entry["detail"] is JsonObject detail)
            foreach (var (name, value) in detail.ToList())
                if (value is JsonObject { Count: 1 } told && (string?)told[Key] is { } hash)
                    detail[name] = Words(texts.FirstOrDefault(t => t.Hash == hash));
        return entry;
    }

    /// <summary>What is said where the words of a text were.</summary>
    public static string Words(LedgerText? text) => text?.Words ?? (text is null ? "(this text is missing)" : "(erased)");

    internal static string HashOf(byte[] salt, string words) => Digest.Of([.. salt, .. Encoding.UTF8.GetBytes(words)]).Hex;

    static string? HashIn(string column) =>
        column.Length == Prefix.Length + 64 && column.StartsWith(Prefix, StringComparison.Ordinal) && !column.AsSpan(Prefix.Length).ContainsAnyExcept(HexDigits) ? column[Prefix.Length..] : null;
}
