using Assay.Evaluation.Data;

namespace Assay.Tests.Unit.Evaluation.Data;

public sealed class DamagedFiles
{
    [Theory]
    [InlineData("a,b,c\n1,x,y\n2,z\n3,u,v\n", "row 2 (line 3) has 2 columns where the header has 3.")]
    [InlineData("a,b\n1,\"x\ny\"\n2,3,4\n", "row 2 (line 4) has 3 columns where the header has 2.")]
    [InlineData("a,b\n1,\"x\n2,y\n", "row 1: line 2 opens a quote that is never closed.")]
    [InlineData("a,b\n1,\"x\"z\n", "row 1: line 2 has a text behind a closing quote")]
    [InlineData("a,b,a\n1,2,3\n", "its header names the column a 2 times.")]
    [InlineData("", "it is empty: its first line names the columns.")]
    public async Task Csv_that_breaks_its_rules_names_row_and_line(string text, string why)
    {
        using var folder = new DataFolder();
        folder.Write("a.csv", text);
        var refusal = await folder.Refused("a.csv");
        refusal.Code.ShouldBe("data-unreadable");
        refusal.Message.ShouldContain(why);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":\"x\"}\n", "row 2 has text in the column a, which has numbers before.")]
    [InlineData("{\"a\":1}\n{\"a\":2\n", "row 2 is no JSON object")]
    [InlineData("{\"a\":1}\n[1]\n", "row 2 is no JSON object: it begins with something else.")]
    [InlineData("{\"a\":1,\"a\":2}\n", "row 1 has the name a twice.")]
    [InlineData("{\"a\":1} {}\n", "row 1 is no JSON object")]
    public async Task Json_lines_that_break_their_rules_name_the_row(string text, string why)
    {
        using var folder = new DataFolder();
        folder.Write("a.jsonl", text);
        (await folder.Refused("a.jsonl")).Message.ShouldContain(why);
    }

    [Fact]
    public async Task A_name_that_a_line_lacks_is_missing_and_nested_values_are_refused_only_when_asked_for()
    {
        using var folder = new DataFolder();
        folder.Write("a.jsonl", "{\"a\":1,\"n\":[1,{\"x\":2}]}\n\n{\"b\":\"\\u00e9\",\"a\":2.5}\r\n{\"a\":null,\"b\":null,\"n\":{}}");
        (await folder.Rows("a.jsonl", 2, "a", "b")).ShouldBe(["1|-", "2.5|é", "-|-"]);
        (await Should.ThrowAsync<DataException>(() => folder.Rows("a.jsonl", 2, "n"))).Message.ShouldBe("the column n cannot be read: it is nested.");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_name_row_line_and_column()
    {
        using var folder = new DataFolder();
        folder.Write("a.csv", [.. "a,b\n1,x\n2,"u8, 0xFF, 0xFE, (byte)'\n']);
        (await Should.ThrowAsync<DataException>(() => folder.Rows("a.csv"))).Message.ShouldBe("row 2 (line 3) has bytes in the column b that are no UTF-8; write the file in UTF-8.");
        (await folder.Rows("a.csv", 10, "a")).ShouldBe(["1", "2"]);
    }

    [Theory, InlineData("t.parquet"), InlineData("t.arrow"), InlineData("t.feather"), InlineData("z.csv.gz"), InlineData("z.ndjson.gz")]
    public async Task A_file_that_breaks_off_is_never_taken_for_a_shorter_one(string file)
    {
        using var folder = new DataFolder();
        var table = new RandomTable([.. Enumerable.Range(0, 300).Select(i => new RandomRow(i / 7.0, i * 1_000_003L, i % 2 == 0, $"row {i * 7919 % 1000}"))]);
        table.Write(folder);
        var whole = File.ReadAllBytes(Path.Combine(folder.Path, file));
        foreach (var share in (double[])[0.05, 0.5, 0.9, 0.999])
        {
            folder.Write(file, whole[..(int)(whole.Length * share)]);
            (await folder.Refused(file)).Code.ShouldBe("data-unreadable", $"{file} cut to {share}");
        }
    }

    [Fact]
    public async Task A_gzip_file_may_have_several_members_and_must_end_with_one()
    {
        using var folder = new DataFolder();
        folder.WriteZipped("a.csv.gz", "a\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i * 7919L}\n")));
        var whole = File.ReadAllBytes(Path.Combine(folder.Path, "a.csv.gz"));
        folder.WriteZipped("b.csv.gz", "x\n");
        var more = File.ReadAllBytes(Path.Combine(folder.Path, "b.csv.gz"));
        folder.Write("a.csv.gz", [.. whole, .. more]);
        (await folder.Rows("a.csv.gz")).Length.ShouldBe(100_001);
        for (var cut = 1; cut < more.Length; cut++)
        {
            folder.Write("a.csv.gz", [.. whole, .. more[..^cut]]);
            (await folder.Refused("a.csv.gz")).Message.ShouldContain("gzip");
        }
    }

    [Fact]
    public async Task A_line_longer_than_the_limit_is_refused()
    {
        using var folder = new DataFolder();
        folder.Write("a.csv", $"a\n{new string('x', DataLimits.LongestLine)}\n");
        (await folder.Refused("a.csv")).Message.ShouldContain("has more than 16 MiB in one line.");
        folder.Write("b.csv", $"a\n{new string('x', DataLimits.LongestLine - 10)}\ny\n");
        (await folder.Rows("b.csv")).Select(r => r.Length).ShouldBe([DataLimits.LongestLine - 10, 1]);
    }

    [Fact]
    public async Task Csv_without_a_last_line_end_with_a_mark_of_its_order_and_with_blank_lines_is_read()
    {
        using var folder = new DataFolder();
        folder.Write("a.csv", "\ufeffa,b\r\n\r\n1,\"\"\r\n,2\r\n\n5\" pipe,\"x\"");
        (await folder.Rows("a.csv")).ShouldBe(["1|-", "-|2", "5\" pipe|x"]);
        folder.Write("b.csv", "a\n1\n\n3\n");
        (await folder.Rows("b.csv")).ShouldBe(["1", "-", "3"]);
        folder.Write("c.csv", "a,b\n");
        (await folder.Rows("c.csv")).ShouldBeEmpty();
    }

    [Fact]
    public Task Csv_is_read_alike_however_it_falls_into_pieces() => CsCheck.Check.SampleAsync(CsCheck.Gen.Int[1_040_000, 1_050_000], async length =>
    {
        using var folder = new DataFolder();
        var filler = new string('x', length);
        folder.Write("a.csv", $"a,b\n{filler},\"q\"\"\r\n\"\"z\"\r\n1,2\r\n");
        (await folder.Rows("a.csv")).ShouldBe([$"{filler}|q\"\r\n\"z", "1|2"]);
    }, iter: 15);
}
