using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Contracts.Ledger;
using Assay.Evaluation.Data.Rows;
using CsCheck;

namespace Assay.Tests.Unit.Evaluation.Data;

public sealed class RowSets
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] Row(int which) => SHA256.HashData(BitConverter.GetBytes(which));

    static RowDigests Of(IEnumerable<int> rows, int held = RowDigests.Held)
    {
        var digests = new RowDigests(held);
        foreach (var row in rows)
            digests.Add(Row(row));
        return digests;
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(7), InlineData(4096), InlineData(4097), InlineData(13_000)]
    public void The_root_is_that_of_rfc_6962_over_the_sorted_hashes(int rows)
    {
        var sorted = Enumerable.Range(0, rows).Select(Row).OrderBy(Convert.ToHexStringLower, StringComparer.Ordinal).ToList();
        var root = MerkleTree.Root(0, rows, (_, _) => null, i => MerkleTree.Leaf(sorted[(int)i]));
        using var digests = Of(Enumerable.Range(0, rows));
        digests.Fingerprint(Ct).ShouldBe(new(rows, rows, 0, Digest.FromHash(root)));
    }

    [Fact]
    public void Neither_order_nor_memory_changes_the_fingerprint_and_every_changed_row_does() =>
        Gen.Select(Gen.Int[0, 60].List[1, 400], Gen.Int[1, 50], Gen.Int).Sample((rows, held, seed) =>
        {
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            using var plain = Of(rows);
            using var spilled = Of(shuffled, held);
            var expected = new { Distinct = rows.Distinct().Count(), Repeated = rows.GroupBy(r => r).Where(g => g.Count() > 1).Sum(g => g.Count()) };
            var fingerprint = plain.Fingerprint(Ct);
            fingerprint.ShouldBe(spilled.Fingerprint(Ct));
            fingerprint.ShouldBe(new(rows.Count, expected.Distinct, expected.Repeated, fingerprint.Root));
            shuffled[0] += 100;
            using var changed = Of(shuffled);
            changed.Fingerprint(Ct).Root.ShouldNotBe(fingerprint.Root);
        }, iter: 60);

    [Fact]
    public void Overlap_counts_rows_and_different_rows() =>
        Gen.Select(Gen.Int[0, 80].List[0, 200], Gen.Int[0, 80].List[0, 200], Gen.Int[1, 40]).Sample((ours, others, held) =>
        {
            using var mine = Of(ours, held);
            using var its = Of(others);
            mine.Overlap(its).ShouldBe(new(ours.Count(others.Contains), ours.Distinct().Count(others.Contains)));
        }, iter: 60);

    [Fact]
    public void Whoever_spills_leaves_no_files_behind()
    {
        string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "assay-rows-*");
        var before = Folders();
        string[] during;
        using (var digests = Of(Enumerable.Range(0, 100), held: 10))
        {
            digests.Fingerprint(Ct).Rows.ShouldBe(100);
            digests.Fingerprint(Ct).Distinct.ShouldBe(100);
            during = [.. Folders().Except(before)];
        }
        during.ShouldNotBeEmpty();
        Folders().Intersect(during).Count().ShouldBeLessThan(during.Length);
    }
}
