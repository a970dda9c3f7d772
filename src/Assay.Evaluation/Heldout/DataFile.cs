using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Suites;
using DuckDB.NET.Data;

namespace Assay.Evaluation.Heldout;

/// <summary>
/// A CSV or Parquet file, read by DuckDB, which may open this one file and nothing else. CSV values stay as they are written, so that nothing is
/// guessed from the first rows: an empty cell is missing, "NA" is text.
/// </summary>
public sealed class DataFile : IAsyncDisposable
{
    readonly DuckDBConnection connection;
    readonly string source;
    readonly bool typed;

    DataFile(DuckDBConnection connection, string source, bool typed, Digest digest, IReadOnlyList<string> columns, long rows) =>
        (this.connection, this.source, this.typed, Digest, Columns, Rows) = (connection, source, typed, digest, columns, rows);

    /// <summary>The SHA-256 of the file.</summary>
    public Digest Digest { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows it has.</summary>
    public long Rows { get; }

    /// <summary>Opens the file that a suite names, relative to <paramref name="folder"/>.</summary>
    public static async Task<Result<DataFile>> Open(string uri, string folder, CancellationToken ct)
    {
        if (uri.Contains("://", StringComparison.Ordinal) && !uri.StartsWith("file://", StringComparison.Ordinal))
            return SuiteRefusals.NoData(uri, "only local files are read; fetch it first");
        var path = Path.GetFullPath(Path.Combine(folder, uri.StartsWith("file://", StringComparison.Ordinal) ? new Uri(uri).LocalPath : uri));
        var kind = Path.GetFileName(path).ToLowerInvariant();
        var parquet = kind.EndsWith(".parquet", StringComparison.Ordinal);
        if (!parquet && !kind.EndsWith(".csv", StringComparison.Ordinal) && !kind.EndsWith(".csv.gz", StringComparison.Ordinal))
            return SuiteRefusals.NoData(uri, "its name ends in neither .csv, .csv.gz nor .parquet");
        // Dialect and types are given, not sniffed; the quoted path is DuckDB's own literal.
        var source = parquet ? $"read_parquet({Quoted(path)})" : $"read_csv({Quoted(path)}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"', nullstr='', sample_size=1, max_line_size=16777216)";
        DuckDBConnection? connection = null;
        try
        {
            await using var file = File.OpenRead(path);
            var digest = Digest.FromHash(await SHA256.HashDataAsync(file, ct));
            connection = new DuckDBConnection("DataSource=:memory:;threads=1");
            await connection.OpenAsync(ct);
            await Do(connection, $"SET allowed_paths=[{Quoted(path)}]; SET temp_directory=''; SET autoinstall_known_extensions=false; SET enable_external_access=false; SET lock_configuration=true", ct);
            var columns = await Names(connection, source, ct);
            var rows = Convert.ToInt64(await Scalar(connection, $"SELECT count(*) FROM {source}", ct), CultureInfo.InvariantCulture);
            return new DataFile(connection, source, parquet, digest, columns, rows);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckDBException)
        {
            if (connection is not null)
                await connection.DisposeAsync();
            return SuiteRefusals.NoData(uri, e is DuckDBException ? e.Message.Split('\n')[0] : e.Message);
        }
    }

    /// <summary>The rows of some columns in the file's order, so many at a time. Throws <see cref="DataException"/> when a row cannot be read.</summary>
    public async IAsyncEnumerable<ModelInput> Batches(IReadOnlyList<string> columns, int size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(Name))} FROM {source}";
        await using var reader = await Guarded(() => command.ExecuteReaderAsync(ct));
        var cells = columns.Select(_ => new List<Cell>(size)).ToArray();
        while (await Guarded(() => reader.ReadAsync(ct)))
        {
            for (var c = 0; c < cells.Length; c++)
                cells[c].Add(Read(reader, c));
            if (cells[0].Count == size)
                yield return Batch(columns, cells);
        }
        if (cells[0].Count > 0)
            yield return Batch(columns, cells);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    static ModelInput Batch(IReadOnlyList<string> columns, List<Cell>[] cells)
    {
        var batch = new ModelInput([.. columns.Select((name, c) => new InputColumn(name, [cells[c].Count], [.. cells[c]]))]);
        foreach (var column in cells)
            column.Clear();
        return batch;
    }

    Cell Read(DbDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
            return Cell.Missing;
        var value = reader.GetValue(column);
        return value switch
        {
            string text => typed ? Cell.Of(text) : Cell.Written(text),
            bool truth => Cell.Of(truth),
            float or double or decimal => Cell.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long => Cell.Of(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            DateTime time => Cell.Of(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)),
            IFormattable other => Cell.Of(other.ToString(null, CultureInfo.InvariantCulture)),
            _ => Cell.Of(value.ToString() ?? ""),
        };
    }

    static async Task<T> Guarded<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DuckDBException e)
        {
            throw new DataException(e.Message.Split('\n')[0], e);
        }
    }

    static async Task Do(DuckDBConnection connection, string sql, CancellationToken ct)
    {
        foreach (var statement in sql.Split("; "))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    static async Task<object?> Scalar(DuckDBConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(ct);
    }

    static async Task<List<string>> Names(DuckDBConnection connection, string source, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {source} LIMIT 0";
        await using var reader = await command.ExecuteReaderAsync(ct);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    static string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A data file breaks off or holds what its format does not allow.</summary>
public sealed class DataException(string message, Exception inner) : Exception(message, inner);
