using System.Runtime.CompilerServices;
using Assay.Client.Api;
using Assay.Client.Verification;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>A registry's ledger, read as tiles (c2sp.org/tlog-tiles), a few ahead.</summary>
public sealed class ServerLedger : ILedgerSource
{
    const int Ahead = 4;
    readonly AssayApi api;

    ServerLedger(AssayApi api, string note, Trust? offered, long from, IReadOnlyList<byte[]> before) =>
        (this.api, Note, Offered, From, Before) = (api, note, offered, from, before);

    /// <inheritdoc/>
    public string Note { get; }

    /// <summary>The trust that the registry offers: its ledger's name and its keys; null when it names none.</summary>
    public Trust? Offered { get; }

    /// <inheritdoc/>
    public long From { get; }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Before { get; }

    /// <summary>Asks for the newest head and the keys.</summary>
    public static async Task<ServerLedger> Open(AssayApi api, CancellationToken ct)
    {
        var keys = (await api.Get("keys", ct)).Maps("keys").Select(k => VerificationKey.FromBase64(k.Text("public_key") ?? "")).OfType<VerificationKey>().ToList();
        var note = await api.GetText("ledger/checkpoint", ct);
        var head = SignedNote.Parse(note) is { } signed ? Checkpoint.Read(signed.Text) : null;
        return new(api, note, head is null || keys.Count == 0 ? null : new(head.Origin, keys), 0, []);
    }

    /// <summary>The same from an entry on; those before as hashes, which the root proves right.</summary>
    public async Task<ServerLedger> StartingAt(long from, CancellationToken ct)
    {
        if (from == 0)
            return this;
        // The audit path of the last leaf of a tree is the row of whole subtrees before it, the smallest first.
        var proof = await api.Get("ledger/proof/inclusion".With(("seq", $"{from}"), ("size", $"{from + 1}")), ct);
        return new(api, Note, Offered, from, [.. proof.Texts("hashes").Select(Convert.FromBase64String).Reverse()]);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<byte[]> Entries(long size, [EnumeratorCancellation] CancellationToken ct)
    {
        var asked = new Queue<(long First, Task<List<byte[]>> Bundle)>();
        var next = From / Tile.Full * Tile.Full;
        for (var at = From; at < size;)
        {
            for (; asked.Count < Ahead && next < size; next += Tile.Full)
                asked.Enqueue((next, Bundle(new(null, next / Tile.Full, (int)Math.Min(Tile.Full, size - next)), ct)));
            var (first, asking) = asked.Dequeue();
            var bundle = await asking;
            foreach (var entry in bundle.Skip((int)(at - first)))
                yield return entry;
            if (bundle.Count < Math.Min(Tile.Full, size - first))
                yield break;
            at = first + bundle.Count;
        }
    }

    async Task<List<byte[]>> Bundle(Tile tile, CancellationToken ct)
    {
        try
        {
            using var answer = await api.Open($"ledger/{tile.Path}", ct);
            return EntryBundle.Read(await answer.Content.ReadAsByteArrayAsync(ct)) ?? [];
        }
        catch (ApiRefusalException e) when (e.Refusal.Code is "no-such-tile" or "entry-too-large")
        {
            // A registry that lost entries hands out those that it has, and one with an entry of old days that no bundle can hold does too.
            var page = await api.Get("ledger/entries".With(("from", $"{tile.Index * Tile.Full}"), ("limit", $"{tile.Width}")), ct);
            return [.. page.Maps("entries").TakeWhile((line, i) => line.Whole("seq") == (tile.Index * Tile.Full) + i).Select(line => Convert.FromBase64String(line.Text("body") ?? ""))];
        }
    }
}
