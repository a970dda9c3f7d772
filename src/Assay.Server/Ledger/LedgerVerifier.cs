using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>What a full verification found.</summary>
/// <param name="Ok">Is everything that can be seen from here whole?</param>
/// <param name="Size">Numbered entries.</param>
/// <param name="Pending">Entries that wait for a number.</param>
/// <param name="Root">The recomputed root, as a digest.</param>
/// <param name="Findings">Each thing that is wrong, in words.</param>
/// <param name="Limits">What only a witness elsewhere could show.</param>
public sealed record LedgerReport(bool Ok, long Size, long Pending, Digest Root, IReadOnlyList<string> Findings, string Limits);

/// <summary>
/// Recomputes the tree from the bytes and compares all that is stored with it: every column, every node, every head in the database
/// and every head in the checkpoint folder (interfaces §8).
/// </summary>
public sealed class LedgerVerifier(Store store, LedgerReader reader, KeyRing keys, CheckpointFolder checkpoints, TimeProvider time)
{
    const long FollowMs = 60_000;

    const string Limits = "Entries that never reached this database, and a history rewritten together with the signing key and every checkpoint kept here, can only be shown by a checkpoint kept elsewhere (assay ledger verify --since FILE).";

    /// <summary>Verifies everything. Reads the whole ledger.</summary>
    public async Task<LedgerReport> Verify(CancellationToken ct)
    {
        var origin = await reader.Origin(ct);
        // Before the snapshot: a head that is kept while the database is read would tell of entries that the snapshot cannot have.
        var kept = checkpoints.All().ToList();
        return await store.Read(async tx =>
        {
            List<string> findings = [];
            List<byte[]> leaves = [];
            await tx.Each(LedgerSql.InOrder, entry => Check(entry, leaves, findings));
            await CheckNodes(tx, leaves, findings);
            await CheckHeads(tx, origin, leaves, findings);
            var newest = await tx.First(LedgerSql.NewestHead);
            CheckFolder(kept, origin, leaves, newest, findings);
            var pending = await tx.First(LedgerSql.CountPending);
            return new LedgerReport(findings.Count == 0, leaves.Count, pending, Digest.FromHash(RootOf(leaves, leaves.Count)), findings, Limits);
        }, ct);
    }

    static void Check(StoredEntry entry, List<byte[]> leaves, List<string> findings)
    {
        var hash = MerkleTree.Leaf(entry.Body);
        if (entry.Seq != leaves.Count)
            findings.Add($"entry {entry.Id} has the number {entry.Seq} where {leaves.Count} was expected: an entry was removed, added or renumbered");
        if (entry.Leaf is null || !hash.AsSpan().SequenceEqual(entry.Leaf))
            findings.Add($"entry {entry.Seq}: the stored leaf hash is not that of its bytes");
        if (Differences(entry).ToList() is { Count: > 0 } wrong)
            findings.Add($"entry {entry.Seq}: the stored {string.Join(", ", wrong)} differ from its bytes");
        leaves.Add(hash);
    }

    static IEnumerable<string> Differences(StoredEntry entry)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(entry.Body);
        }
        catch (System.Text.Json.JsonException)
        {
            body = null;
        }
        if (body is not JsonObject map || map["subject"] is not JsonObject subject || map["actor"] is not JsonObject actor)
            return ["bytes (they are no entry)"];
        var time = DateTimeOffset.TryParse((string?)map["time"], CultureInfo.InvariantCulture, out var at) ? at.ToUnixTimeMilliseconds() : -1;
        var kind = (string?)actor["kind"];
        var id = (string?)actor["id"];
        return new (string Name, string? Stored, string? Said)[]
        {
            ("id", entry.Id, (string?)map["id"]),
            ("time", entry.AtMs.ToString(CultureInfo.InvariantCulture), time.ToString(CultureInfo.InvariantCulture)),
            ("action", entry.Action, (string?)map["action"]),
            ("outcome", entry.Outcome, (string?)map["outcome"]),
            ("actor", entry.Actor, kind == "local" && id == "local" ? "local" : $"{kind}:{id}"),
            ("model", entry.Model, (string?)subject["model"]),
            ("digest", entry.Digest?.ToString(), (string?)subject["digest"]),
            ("run_id", entry.RunId, (string?)subject["run_id"]),
            ("environment", entry.Environment, (string?)subject["environment"]),
        }.Where(c => c.Stored != c.Said).Select(c => c.Name);
    }

    static async Task CheckNodes(Tx tx, List<byte[]> leaves, List<string> findings)
    {
        var seen = new HashSet<(long, long)>();
        Dictionary<(long, long), byte[]> stored = [];
        await tx.Each(LedgerSql.Nodes, n => stored[(n.Level, n.Position)] = n.Hash);
        var level = leaves;
        for (var height = 0L; level.Count > 0; height++)
        {
            for (var i = 0; i < level.Count; i++)
            {
                if (!stored.TryGetValue((height, i), out var hash) || !hash.AsSpan().SequenceEqual(level[i]))
                    findings.Add($"tree node {height}/{i} is {(hash is null ? "missing" : "not what the entries give")}");
                seen.Add((height, i));
            }
            level = [.. level.Chunk(2).Where(pair => pair.Length == 2).Select(pair => MerkleTree.Node(pair[0], pair[1]))];
        }
        foreach (var (height, position) in stored.Keys.Where(k => !seen.Contains(k)))
            findings.Add($"tree node {height}/{position} belongs to no entry: entries were removed");
    }

    async Task CheckHeads(Tx tx, string origin, List<byte[]> leaves, List<string> findings)
    {
        var heads = await tx.All(LedgerSql.Heads);
        foreach (var head in heads)
        {
            if (Checkpoint.Open(head.Note, keys.Public) is not { } opened || opened.Origin != origin)
                findings.Add($"the head of size {head.Size} is not signed by this registry");
            else if (opened.Size != head.Size || !opened.Root.AsSpan().SequenceEqual(head.Root) || opened.Time.ToUnixTimeMilliseconds() != head.AtMs)
                findings.Add($"the head of size {head.Size}: its columns differ from what was signed");
            else if (Contradiction(opened, leaves) is { } wrong)
                findings.Add($"the head of size {head.Size} in the database {wrong}");
        }
        if ((heads.LastOrDefault()?.Size ?? 0) < leaves.Count)
            findings.Add($"{leaves.Count - (heads.LastOrDefault()?.Size ?? 0)} numbered entries stand under no signed head: entries were added, or the newest head was removed");
    }

    void CheckFolder(List<(string Name, string Note)> kept, string origin, List<byte[]> leaves, StoredHead? newest, List<string> findings)
    {
        foreach (var (name, note) in kept)
        {
            if (Checkpoint.Open(note, keys.Public) is not { } opened || opened.Origin != origin)
                findings.Add($"the checkpoint file {name} is not signed by this registry for this ledger");
            else if (Contradiction(opened, leaves) is { } wrong)
                findings.Add($"the checkpoint file {name} {wrong}");
        }
        // Another server may have signed the first head a moment ago; then it is kept here in the next one.
        var fresh = store.Dialect.Engine is Engine.Postgres && newest is not null && time.GetUtcNow().ToUnixTimeMilliseconds() - newest.AtMs < FollowMs;
        if (kept.Count == 0 && leaves.Count > 0 && !fresh)
            findings.Add("the checkpoint folder is empty although the ledger is not");
    }

    static string? Contradiction(Checkpoint head, List<byte[]> leaves) =>
        head.Size > leaves.Count ? $"tells of {head.Size} entries, but {leaves.Count} are there: the newest were removed"
        : !RootOf(leaves, (int)head.Size).AsSpan().SequenceEqual(head.Root) ? "has another root than its entries give: an entry before it was altered, swapped or removed"
        : null;

    static byte[] RootOf(List<byte[]> leaves, int size) => MerkleTree.Root(0, size, (_, _) => null, i => leaves[(int)i]);
}
