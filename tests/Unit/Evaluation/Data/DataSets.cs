using Assay.Contracts;
using Assay.Evaluation.Data;

namespace Assay.Tests.Unit.Evaluation.Data;

public sealed class DataSets
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("a.csv"), InlineData("a.csv.gz")]
    public async Task Values_of_csv_stay_as_they_are_written(string name)
    {
        using var folder = new DataFolder();
        const string Text = "a,b,c\n1,x,\"q \"\"z\"\", y\"\n2,,NA\n3.50,\"\",-0\n";
        _ = name.EndsWith("gz", StringComparison.Ordinal) ? folder.WriteZipped(name, Text) : folder.Write(name, Text);
        (await folder.Rows(name)).ShouldBe(["1|x|q \"z\", y", "2|-|NA", "3.50|-|-0"]);
        await using var data = await folder.Open(name);
        data.Fields.ShouldBe([new("a", DataKind.Text), new("b", DataKind.Text), new("c", DataKind.Text)]);
        data.Rows.ShouldBe(3);
        data.Digest.ShouldBe(Digest.Of(File.ReadAllBytes(Path.Combine(folder.Path, name))));
    }

    [Fact]
    public async Task Types_of_parquet_become_numbers_truths_and_texts()
    {
        using var folder = new DataFolder();
        folder.WriteParquet("a.parquet", """
            SELECT 1::TINYINT AS t, 2::INTEGER AS i, 3::UBIGINT AS u, 9007199254740993::BIGINT AS l, 1.5::FLOAT AS f, 2.25::DOUBLE AS d, 12.34::DECIMAL(9,2) AS m, true AS b, 'é' AS s,
              DATE '2026-01-02' AS day, TIMESTAMP '2026-01-02 03:04:05.25' AS at, TIMESTAMPTZ '2026-01-02 03:04:05+01' AS zoned, TIMESTAMP_NS '2026-01-02 03:04:05.123456789' AS ns, NULL::DOUBLE AS none, 'nan'::DOUBLE AS nan
            """);
        (await folder.Rows("a.parquet")).ShouldBe(["1|2|3|9007199254740993|1.5|2.25|12.34|1|é|2026-01-02|2026-01-02T03:04:05.25Z|2026-01-02T02:04:05Z|2026-01-02T03:04:05.123456789Z|-|-"]);
        await using var data = await folder.Open("a.parquet");
        data.Fields.Select(f => f.Kind).ShouldBe([DataKind.Whole, DataKind.Whole, DataKind.Whole, DataKind.Whole, DataKind.Number, DataKind.Number, DataKind.Number, DataKind.Truth,
            DataKind.Text, DataKind.Text, DataKind.Text, DataKind.Text, DataKind.Text, DataKind.Number, DataKind.Number]);
    }

    [Fact]
    public async Task Columns_come_in_the_order_asked_for_and_rows_in_the_files_order_whatever_the_size_of_a_batch()
    {
        using var folder = new DataFolder();
        folder.WriteParquet("a.parquet", "SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE 'row ' || i || ' of many' END AS t FROM range(5000) r(i)");
        var expected = Enumerable.Range(0, 5000).Select(i => $"{(i % 7 == 0 ? "-" : $"row {i} of many")}|{i}").ToArray();
        foreach (var size in (int[])[1000, 2048, 3000, 10_000])
            (await folder.Rows("a.parquet", size, "t", "i")).ShouldBe(expected);
        await using var data = await folder.Open("a.parquet");
        List<(long, int)> batches = [];
        await foreach (var batch in data.Read(["i"], 2000, Ct))
            batches.Add((batch.FirstRow, batch.Rows));
        batches.ShouldBe([(1, 2000), (2001, 2000), (4001, 1000)]);
    }

    [Fact]
    public async Task Nested_columns_are_refused_by_name_and_only_when_they_are_asked_for()
    {
        using var folder = new DataFolder();
        folder.WriteParquet("a.parquet", "SELECT 1 AS x, [1, 2] AS list, {'a': 1} AS pair");
        (await folder.Rows("a.parquet", 10, "x")).ShouldBe(["1"]);
        (await Should.ThrowAsync<DataException>(() => folder.Rows("a.parquet", 10, "x", "list"))).Message.ShouldContain("column list cannot be read: it is nested");
        (await Should.ThrowAsync<DataException>(() => folder.Rows("a.parquet", 10, "y"))).Message.ShouldBe("there is no column y; there are x, list, pair.");
    }

    [Fact]
    public async Task A_folder_and_a_pattern_are_read_in_the_order_of_their_paths()
    {
        using var folder = new DataFolder();
        folder.Write("parts/b.csv", "y,x\nb,2\n");
        folder.Write("parts/a.csv", "x,y\n1,a\n");
        folder.Write("parts/_SUCCESS", "");
        folder.Write("parts/.c.csv", "nothing");
        folder.Write("parts/deep/c.csv", "x,y\n3,c\n");
        (await folder.Rows("parts")).ShouldBe(["1|a", "2|b", "3|c"]);
        (await folder.Rows("parts/?.csv")).ShouldBe(["1|a", "2|b"]);
        (await folder.Rows("**/c.csv")).ShouldBe(["3|c"]);
        await using var data = await folder.Open("parts/*.csv");
        string Hash(string name) => Digest.Of(File.ReadAllBytes(Path.Combine(folder.Path, "parts", name))).Hex;
        data.Digest.ShouldBe(Digest.Of($"a.csv\0{Hash("a.csv")}\nb.csv\0{Hash("b.csv")}\n"));
        (await folder.Refused("*.csv")).Message.ShouldContain("no file in");
    }

    [Fact]
    public async Task Files_that_do_not_go_together_are_refused_by_the_name_of_the_column()
    {
        using var folder = new DataFolder();
        folder.Write("parts/a.csv", "x,y\n1,a\n");
        folder.Write("parts/b.csv", "x,z\n1,a\n");
        (await folder.Refused("parts")).Message.ShouldBe("The files of parts do not go together: b.csv has no column y, unlike a.csv.");
    }

    [Fact]
    public async Task Another_digest_is_refused_before_the_file_is_read_and_both_are_named()
    {
        using var folder = new DataFolder();
        folder.Write("a.parquet", "no parquet at all");
        var wanted = Digest.Of("else");
        var refusal = await folder.Refused("a.parquet", wanted);
        refusal.Code.ShouldBe("data-digest");
        refusal.Message.ShouldContain(wanted.ToString());
        refusal.Message.ShouldContain(Digest.Of("no parquet at all").ToString());
        (await folder.Refused("a.parquet")).Code.ShouldBe("data-unreadable");
    }

    [Fact]
    public async Task What_is_not_there_or_has_another_name_is_refused()
    {
        using var folder = new DataFolder();
        folder.Write("a.txt", "x\n1\n");
        (await folder.Refused("b.csv")).Code.ShouldBe("data-missing");
        (await folder.Refused("a.txt")).Code.ShouldBe("data-format");
        (await folder.Refused("ftp://there/a.csv")).Code.ShouldBe("data-source");
        (await folder.Rows(new Uri(folder.Write("with space.csv", "x\n1\n")).AbsoluteUri)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Whoever_stops_reading_leaves_nothing_behind()
    {
        using var folder = new DataFolder();
        folder.WriteParquet("a.parquet", "SELECT i FROM range(200000) r(i)");
        await using var data = await folder.Open("a.parquet");
        await foreach (var _ in data.Read(["i"], 10, Ct))
            break;
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in data.Read(["i"], 10, stop.Token))
                await stop.CancelAsync();
        });
        (await folder.Rows("a.parquet", 100_000)).Length.ShouldBe(200_000);
    }
}
