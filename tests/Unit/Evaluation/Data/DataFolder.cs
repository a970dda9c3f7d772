using System.IO.Compression;
using Assay.Contracts;
using Assay.Evaluation.Data;
using DuckDB.NET.Data;

namespace Assay.Tests.Unit.Evaluation.Data;

/// <summary>A folder of data files that goes with the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("assay-data-").FullName;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string WriteZipped(string name, string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            zip.Write(System.Text.Encoding.UTF8.GetBytes(text));
        return Write(name, packed.ToArray());
    }

    /// <summary>What a query gives, as a Parquet file.</summary>
    public string WriteParquet(string name, string query)
    {
        var path = System.IO.Path.Combine(Path, name);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }

    public async Task<DataSet> Open(string uri, Digest? wanted = null) => (await Try(uri, wanted)).Value;

    public async Task<Refusal> Refused(string uri, Digest? wanted = null) => (await Try(uri, wanted)).Refusal.ShouldNotBeNull();

    public Task<Result<DataSet>> Try(string uri, Digest? wanted = null) => DataSet.Open(new(uri, Path, wanted), DataSources.Local, Ct);

    /// <summary>All rows, a line for each: the values with a bar between them, a dash where there is none.</summary>
    public async Task<string[]> Rows(string uri, int size = 100, params string[] columns)
    {
        await using var data = await Open(uri);
        var wanted = columns.Length > 0 ? columns : [.. data.Fields.Select(f => f.Name)];
        List<string> rows = [];
        await foreach (var batch in data.Read(wanted, size, Ct))
            for (var row = 0; row < batch.Rows; row++)
                rows.Add(string.Join('|', batch.Vectors.Select(v => v.IsMissing(row) ? "-" : v.Texts?[row] ?? v.Numbers![row].ToString("R", System.Globalization.CultureInfo.InvariantCulture))));
        return [.. rows];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
