using Assay.Client.Api;
using Assay.Client.Verification;
using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>The newest head of a registry beside one that was kept.</summary>
/// <param name="Note">The newest head as it was handed out.</param>
/// <param name="Head">It, verified; null when it is not to be believed.</param>
/// <param name="Kept">The kept one; null when there is none.</param>
/// <param name="Proof">The consistency proof that the registry gave.</param>
/// <param name="Contradiction">Why both cannot be heads of one append-only ledger; null when they can.</param>
public sealed record HeadComparison(string Note, Checkpoint? Head, Checkpoint? Kept, IReadOnlyList<string> Proof, string? Contradiction)
{
    /// <summary>Asks a registry whether a kept head is a prefix of its newest (RFC 9162 §2.1.4): a few hashes, however large the ledger is.</summary>
    public static async Task<HeadComparison> Of(AssayApi api, ServerLedger ledger, Trust trust, string? kept, CancellationToken ct)
    {
        var head = Checkpoint.Open(ledger.Note, trust.Keys);
        if (head is null || head.Origin != trust.Origin)
            return new(ledger.Note, null, null, [], $"the newest head is not signed by a trusted key for the ledger {trust.Origin}: it is a forged one, or the registry rotated its key. If its operator says so, {Mend}");
        if (kept is null)
            return new(ledger.Note, head, null, [], null);
        if (Checkpoint.Open(kept, trust.Keys) is not { } before || before.Origin != trust.Origin)
            return new(ledger.Note, head, null, [], $"the kept head is not signed by a trusted key for the ledger {trust.Origin}: it was altered, or the trust lacks the key that it was signed with: {Mend}");
        if (before.Size > head.Size)
            return new(ledger.Note, head, before, [], $"the kept head of {Told(before.Time)} has {before.Size} entries, the newest of {Told(head.Time)} only {head.Size}: the newest entries were removed");
        var proof = before.Size == 0 || before.Size == head.Size ? [] : (await api.Get("ledger/proof/consistency".With(("old", $"{before.Size}"), ("size", $"{head.Size}")), ct)).Texts("hashes");
        return new(ledger.Note, head, before, proof, Shows(before, head, proof) ? null
            : $"the first {before.Size} entries are not those of the kept head of {Told(before.Time)}: history was rewritten");
    }

    const string Mend = "give --trust FILE once, with the old key and the new one in it (GET /api/assay/v1/keys)";

    static bool Shows(Checkpoint before, Checkpoint head, IReadOnlyList<string> proof)
    {
        try
        {
            return MerkleTree.IsConsistent(before.Size, before.Root, head.Size, head.Root, [.. proof.Select(Convert.FromBase64String)]);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static string Told(DateTimeOffset? time) => time is { } at ? $"{at:u}" : "an unknown time";
}
