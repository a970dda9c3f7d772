using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using CsCheck;
using DuckDB.NET.Data;

namespace Assay.Tests.Unit.Evaluation.Data;

/// <summary>One row with a value of each kind, or none.</summary>
internal sealed record RandomRow(double? Number, long? Whole, bool? Truth, string? Text);

/// <summary>A table that is written in every format that is read.</summary>
internal sealed record RandomTable(IReadOnlyList<RandomRow> Rows)
{
    static readonly string[] Awkward = ["a,b", "\"", "\"\"", "two\nlines", "carriage\r\nreturn", " space ", "NA", "null", "é", "e\u0301", "日本語", "🙂", "0", "-0", "3e1", "true", "\\", "'"];

    public static Gen<RandomTable> Any { get; } =
        from rows in Gen.Select(
            Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.Const(-0.0), Gen.Const(0.1)), Gen.OneOf(Gen.Long, Gen.Int.Select(i => (long)i)), Gen.Bool,
            Gen.OneOf(Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]), Gen.String[Gen.Char['a', 'z'], 1, 40]), Gen.Int[0, 15]).List[1, 30]
        select new RandomTable([.. rows.Select(r => new RandomRow((r.Item5 & 1) == 1 ? null : r.Item1, (r.Item5 & 2) == 2 ? null : r.Item2, (r.Item5 & 4) == 4 ? null : r.Item3, (r.Item5 & 8) == 8 ? null : r.Item4))]);

    /// <summary>Writes it in each format; the names of the files.</summary>
    public string[] Write(DataFolder folder)
    {
        folder.Write("t.csv", Csv());
        folder.WriteZipped("z.csv.gz", Csv());
        folder.Write("t.jsonl", Json());
        folder.WriteZipped("z.ndjson.gz", Json());
        Parquet(Path.Combine(folder.Path, "t.parquet"));
        folder.Write("t.arrow", Arrow((stream, schema) => new ArrowFileWriter(stream, schema)));
        folder.Write("t.arrows", Arrow((stream, schema) => new ArrowStreamWriter(stream, schema)));
        folder.Write("t.feather", Arrow((stream, schema) => new ArrowFileWriter(stream, schema, false, new() { CompressionCodec = CompressionCodecType.Lz4Frame, CompressionCodecFactory = new CompressionCodecFactory() })));
        return ["t.csv", "z.csv.gz", "t.jsonl", "z.ndjson.gz", "t.parquet", "t.arrow", "t.arrows", "t.feather"];
    }

    /// <summary>What <see cref="DataFolder.Rows"/> gives of a file with types.</summary>
    public string[] Typed() => [.. Rows.Select(r => string.Join('|', r.Number is { } n ? Round(n) : "-", r.Whole is { } w ? w.ToString(CultureInfo.InvariantCulture) : "-", r.Truth is { } t ? (t ? "1" : "0") : "-", r.Text ?? "-"))];

    static string Round(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    string Csv()
    {
        static string Field(string? text) => text is null ? "" : text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
        var csv = new StringBuilder("n,w,t,s\r\n");
        foreach (var row in Rows)
            csv.Append(CultureInfo.InvariantCulture, $"{row.Number:R},{row.Whole},{row.Truth},{Field(row.Text)}\r\n");
        return csv.ToString();
    }

    string Json() => string.Concat(Rows.Select(r => JsonSerializer.Serialize(new { n = r.Number, w = r.Whole, t = r.Truth, s = r.Text }) + "\n"));

    void Parquet(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (n DOUBLE, w BIGINT, t BOOLEAN, s VARCHAR)";
        command.ExecuteNonQuery();
        using (var appender = connection.CreateAppender("t"))
            foreach (var row in Rows)
                appender.CreateRow().AppendValue(row.Number).AppendValue(row.Whole).AppendValue(row.Truth).AppendValue(row.Text).EndRow();
        command.CommandText = $"COPY t TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
    }

    byte[] Arrow(Func<Stream, Schema, ArrowStreamWriter> make)
    {
        static RecordBatch Batch(IReadOnlyList<RandomRow> rows)
        {
            var (n, w, t, s) = (new DoubleArray.Builder(), new Int64Array.Builder(), new BooleanArray.Builder(), new StringArray.Builder());
            foreach (var row in rows)
            {
                n.Append(row.Number);
                w.Append(row.Whole);
                _ = row.Truth is { } truth ? t.Append(truth) : t.AppendNull();
                s.Append(row.Text);
            }
            return new RecordBatch.Builder().Append("n", true, n.Build()).Append("w", true, w.Build()).Append("t", true, t.Build()).Append("s", true, s.Build()).Build();
        }
        // Two record batches, so that they do not go with ours.
        var half = Rows.Count / 2;
        using RecordBatch first = Batch([.. Rows.Take(half)]), second = Batch([.. Rows.Skip(half)]);
        using var bytes = new MemoryStream();
        using (var writer = make(bytes, first.Schema))
        {
            writer.WriteRecordBatch(first);
            writer.WriteRecordBatch(second);
            writer.WriteEnd();
        }
        return bytes.ToArray();
    }
}
