using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Ledger;

namespace Assay.Client.Verification;

/// <summary>Is it on record: the entry about it under a head that a trusted key signed for the trusted ledger?</summary>
static class LedgerChecks
{
    public static IEnumerable<Check> Of(Bundle bundle, Digest digest, Expectation expected, Trust trust, DateTimeOffset now)
    {
        if (bundle.Proof is not { } proof)
            return [new("ledger", false, "there is no inclusion proof in the bundle")];
        var head = Checkpoint.Open(proof.Checkpoint, trust.Keys);
        if (head is null || head.Origin != trust.Origin)
            return [new("ledger", false, $"the head is not signed by a trusted key for the ledger {trust.Origin}; after a rotation of the registry's key trust both (--trust FILE)")];
        if (MerkleTree.RootFromInclusion(MerkleTree.Leaf(proof.Entry), proof.Seq, head.Size, proof.Hashes) is not { } root || !root.AsSpan().SequenceEqual(head.Root))
            return [new("ledger", false, $"the entry is not included under the signed head of {head.Size} entries")];
        return [Entry(bundle, proof.Entry, digest, expected), .. Age(head, expected, now)];
    }

    static Check Entry(Bundle bundle, byte[] bytes, Digest digest, Expectation expected)
    {
        var entry = FolderChecks.Parsed(bytes);
        var (action, subject) = (entry.Text("action") ?? "", entry.Map("subject"));
        var about = subject.Text("digest") == digest.ToString() && subject.Text("model") == bundle.Model && entry.Text("outcome") == "allowed";
        // A promotion or a rollback says what is approved; without an environment the sealing of the version is what is proven.
        var tells = expected.Environment is { } environment
            ? action.StartsWith("promotion.", StringComparison.Ordinal) && subject.Text("environment") == environment && (subject.Text("slot") ?? "primary") == expected.Slot
            : action.StartsWith("version.", StringComparison.Ordinal);
        // The entry holds the digest of the signed statement, so that another promotion's statement cannot be put beside it.
        if (about && tells && expected.Environment is not null && entry.Map("detail").Text("statement") != StatementOf(bundle))
            return new("ledger", false, "the proven entry is about another promotion than the one in the bundle");
        return new("ledger", about && tells, about && tells ? $"{action} by {Actor(entry.Map("actor"))} at {entry.Text("time")}, entry {entry.Text("id")}" : $"the proven entry ({action}) does not tell this");
    }

    static string? StatementOf(Bundle bundle)
    {
        try
        {
            return bundle.Promotion is { } promotion ? Digest.Of(promotion.PayloadBytes()).ToString() : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static IEnumerable<Check> Age(Checkpoint head, Expectation expected, DateTimeOffset now)
    {
        if (expected.MaxAge is not { } most)
            return [];
        if (head.Time is not { } at)
            return [new("age", false, "the head tells no time")];
        return [new("age", now - at <= most, now - at <= most ? $"the head is of {at:u}" : $"the head is of {at:u}, older than allowed")];
    }

    static string Actor(System.Text.Json.Nodes.JsonObject? actor) =>
        actor.Text("kind") == "local" ? actor.Text("id") == "local" ? "local (unverified)" : $"local:{actor.Text("id")} (unverified)" : $"{actor.Text("kind")}:{actor.Text("id")}";
}
