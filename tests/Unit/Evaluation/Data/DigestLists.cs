using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;

namespace Assay.Tests.Unit.Evaluation.Data;

public sealed class DigestLists
{
    static readonly RowColumn[] Columns = [new("amount", Number: true), new("country", Number: false)];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static RowDigests Of(params int[] rows)
    {
        var digests = new RowDigests();
        foreach (var row in rows)
            digests.Add(SHA256.HashData(BitConverter.GetBytes(row)));
        return digests;
    }

    static async Task<string> Written(DataFolder folder, params int[] rows)
    {
        var path = Path.Combine(folder.Path, "train.digests.txt");
        using var digests = Of(rows);
        await DigestList.Write(path, digests, Columns, digests.Fingerprint(Ct).Root, Ct);
        return path;
    }

    [Fact]
    public async Task A_list_that_is_read_again_overlaps_as_the_rows_themselves()
    {
        using var folder = new DataFolder();
        var list = DigestList.Open(await Written(folder, 3, 1, 2, 2, 9)).Value;
        (list.Rows, list.Short).ShouldBe((5, true));
        list.Columns.ShouldBe(Columns);
        using var train = Of(1, 2, 2, 3, 9);
        list.RowsDigest.ShouldBe(train.Fingerprint(Ct).Root);
        RowCounts.Of(list, null, Ct).ShouldBe(new(5, 4, 2));
        using var heldout = Of(2, 2, 4, 9);
        heldout.Overlap(list).ShouldBe(new(3, 2));
        heldout.Overlap(train).ShouldBe(new(3, 2));
    }

    [Fact]
    public async Task A_list_with_all_digits_is_read_as_well()
    {
        using var folder = new DataFolder();
        var lines = new[] { 1, 2, 9 }.Select(i => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)))).Order(StringComparer.Ordinal);
        var path = folder.Write("whole.txt", "# assay-row-digests 1\n# columns: [{\"name\":\"amount\",\"number\":true}]\n# rows: 3\n" + string.Concat(lines.Select(l => l + "\n")));
        var list = DigestList.Open(path).Value;
        list.Short.ShouldBeFalse();
        using var heldout = Of(2, 4);
        heldout.Overlap(list).ShouldBe(new(1, 1));
    }

    [Fact]
    public async Task A_list_that_was_cut_shuffled_or_made_up_is_never_taken()
    {
        using var folder = new DataFolder();
        var lines = await File.ReadAllLinesAsync(await Written(folder, 1, 2, 3), Ct);
        string Error(params IEnumerable<string> changed) =>
            Should.Throw<DataException>(() => DigestList.Open(folder.Write("changed.txt", string.Join('\n', changed))).Value.Sorted().Count()).Message;
        Error(lines[..^1]).ShouldBe("the list has 2 digests and says that it has 3.");
        Error([.. lines[..^2], lines[^1], lines[^2]]).ShouldContain("is less than the one before");
        Error([.. lines[..^1], "xyz"]).ShouldBe("line 7 is no digest: wanted 16 lower-case hex digits.");
        DigestList.Open(folder.Write("other.txt", "a,b\n1,2\n")).Refusal!.Code.ShouldBe("digests-unreadable");
        DigestList.Open(Path.Combine(folder.Path, "none.txt")).Refusal!.Code.ShouldBe("digests-unreadable");
    }

    [Fact]
    public async Task Without_a_signature_a_column_is_a_number_when_all_its_values_are()
    {
        using var folder = new DataFolder();
        folder.Write("a.csv", "n,zip,mixed,empty\n1,02134,1,\n3e1,90210,x,\n");
        await using var data = await folder.Open("a.csv");
        (await RowColumns.Of(data, [], ["zip"], Ct)).Value.ShouldBe([new("n", true), new("zip", false), new("mixed", false), new("empty", false)]);
        (await RowColumns.Of(data, ["zip"], [], Ct)).Value.ShouldBe([new("zip", true)]);
        (await RowColumns.Of(data, ["nope"], [], Ct)).Refusal!.Message.ShouldBe("The data has no column nope; it has n, zip, mixed, empty.");
    }
}
