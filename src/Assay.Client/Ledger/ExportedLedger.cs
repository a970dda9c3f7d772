using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Client.Verification;
using Assay.Contracts.Evidence;

namespace Assay.Client.Ledger;

/// <summary>
/// A ledger in one file: a line that names it (origin, keys, signed head, and for a file that begins later the hashes before), then each entry's bytes,
/// exactly as they were hashed, on a line of its own. Canonical JSON holds no line break, so that any program can read it.
/// </summary>
public sealed class ExportedLedger : ILedgerSource, IAsyncDisposable
{
    /// <summary>The version of the format.</summary>
    public const int Format = 1;

    readonly Lines lines;

    ExportedLedger(Lines lines, string note, Trust offered, long from, IReadOnlyList<byte[]> before) =>
        (this.lines, Note, Offered, From, Before) = (lines, note, offered, from, before);

    /// <inheritdoc/>
    public string Note { get; }

    /// <summary>The trust that the file itself offers; a file cannot vouch for itself.</summary>
    public Trust Offered { get; }

    /// <inheritdoc/>
    public long From { get; }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Before { get; }

    /// <summary>Opens a file. Throws <see cref="FormatException"/> when it is no exported ledger.</summary>
    public static async Task<ExportedLedger> Open(string file, CancellationToken ct)
    {
        var lines = new Lines(File.OpenRead(file));
        try
        {
            var first = JsonNode.Parse(await lines.Next(ct) ?? throw new FormatException($"{file} is empty."));
            if (first.Whole("assay_ledger") != Format)
                throw new FormatException($"{file} is no exported ledger of format {Format}: its first line names none.");
            var keys = first.Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>().ToList();
            return new(lines, first.Text("checkpoint") ?? "", new(first.Text("origin") ?? "", keys), first.Whole("from") ?? 0, [.. first.Texts("before").Select(Convert.FromBase64String)]);
        }
        catch (Exception e)
        {
            await lines.DisposeAsync();
            throw e is JsonException or FormatException ? new FormatException(e is FormatException ? e.Message : $"{file} is no exported ledger: {e.Message}", e) : e;
        }
    }

    /// <summary>The first line of a file.</summary>
    public static JsonObject Header(string note, Trust trust, long from, IReadOnlyList<byte[]> before)
    {
        var header = trust.ToJson();
        header["assay_ledger"] = Format;
        header["checkpoint"] = note;
        header["from"] = from;
        header["before"] = new JsonArray([.. before.Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]);
        return header;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<byte[]> Entries(long size, [EnumeratorCancellation] CancellationToken ct)
    {
        // All of them, more than the head tells too: an added one must be found.
        while (await lines.Next(ct) is { } entry)
            yield return entry;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => lines.DisposeAsync();
}
