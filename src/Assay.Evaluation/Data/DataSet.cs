using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Assay.Contracts;
using Assay.Evaluation.Data.Formats;
using Assay.Evaluation.Data.Sources;

namespace Assay.Evaluation.Data;

/// <summary>An opened data set of one or several files. Its rows are read as a stream: memory does not grow with them.</summary>
public sealed class DataSet : IAsyncDisposable
{
    const int Ahead = 2;
    readonly DataFiles files;
    readonly IReadOnlyList<ITable> tables;
    readonly Dictionary<string, string> unreadable;

    DataSet(DataFiles files, IReadOnlyList<ITable> tables, Digest digest)
    {
        (this.files, this.tables, Digest) = (files, tables, digest);
        Fields = [.. tables[0].Columns.Select(c => c.Field)];
        unreadable = tables[0].Columns.Where(c => c.Unreadable is not null).ToDictionary(c => c.Field.Name, c => c.Unreadable!, StringComparer.Ordinal);
        Rows = tables.Sum(table => table.Rows);
    }

    /// <summary>The identity of its bytes: of one file its SHA-256; of several that of the sorted lines <c>path NUL sha256</c>.</summary>
    public Digest Digest { get; }

    /// <summary>Its columns in the order of the (first) file; those that cannot be read, such as lists, among them.</summary>
    public IReadOnlyList<DataField> Fields { get; }

    /// <summary>How many rows it has.</summary>
    public long Rows { get; }

    /// <summary>Opens data. A wanted digest is checked before anything else is looked at.</summary>
    public static async Task<Result<DataSet>> Open(DataWish wish, DataSources sources, CancellationToken ct)
    {
        var found = await sources.Find(wish, ct);
        if (!found.Ok)
            return found.Refusal!;
        var tables = new List<ITable>();
        try
        {
            var digest = await DataDigest.Of(found.Value, ct);
            var refusal = wish.Wanted is { } wanted && wanted != digest ? DataRefusals.OtherDigest(wish.Uri, wanted, digest) : await Task.Run(() => Tables(wish.Uri, found.Value, tables, ct), ct);
            if (refusal is null)
                return new DataSet(found.Value, tables, digest);
            Close(tables, found.Value);
            return refusal;
        }
        catch (Exception e)
        {
            Close(tables, found.Value);
            if (e is DataException)
                return DataRefusals.Unreadable(wish.Uri, e.Message);
            if (e is IOException or UnauthorizedAccessException)
                return DataRefusals.NoData(wish.Uri, e.Message);
            throw;
        }
    }

    /// <summary>
    /// The rows of some columns in their order, so many at a time (a file's last batch may have fewer); the next batches are read while one is used.
    /// Throws <see cref="DataException"/> when a row cannot be read, or when a column cannot.
    /// </summary>
    public async IAsyncEnumerable<DataBatch> Read(IReadOnlyList<string> columns, int size, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, DataLimits.MostRowsAtOnce);
        foreach (var column in columns)
            if (!Fields.Any(field => field.Name == column))
                throw new DataException($"there is no column {column}; there are {string.Join(", ", Fields.Select(f => f.Name))}.");
            else if (unreadable.TryGetValue(column, out var why))
                throw new DataException($"the column {column} cannot be read: {why}.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var batches = Channel.CreateBounded<DataBatch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => Read(columns, size, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(ct))
                yield return batch;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Close(tables, files);
        return ValueTask.CompletedTask;
    }

    async Task Read(IReadOnlyList<string> columns, int size, ChannelWriter<DataBatch> into, CancellationToken ct)
    {
        try
        {
            var first = 1L;
            foreach (var table in tables)
            {
                foreach (var batch in table.Read(columns, size, first, ct))
                    await into.WriteAsync(batch, ct);
                first += table.Rows;
            }
            into.Complete();
        }
        catch (Exception e)
        {
            into.Complete(e);
        }
    }

    static Refusal? Tables(string uri, DataFiles files, List<ITable> into, CancellationToken ct)
    {
        foreach (var file in files.Files)
        {
            if (DataFormats.Open(file.Path, ct) is not { } table)
                return DataRefusals.NoFormat(uri, file.Name);
            into.Add(table);
            if (table.Columns.Count > DataLimits.MostColumns)
                return DataRefusals.TooMany(uri, "columns", table.Columns.Count, DataLimits.MostColumns);
            if (Difference(into[0], table) is { } how)
                return DataRefusals.Differ(uri, files.Files[0].Name, file.Name, how);
        }
        return null;
    }

    static string? Difference(ITable first, ITable other)
    {
        var kinds = other.Columns.ToDictionary(c => c.Field.Name, c => c.Field.Kind, StringComparer.Ordinal);
        foreach (var column in first.Columns)
            if (!kinds.Remove(column.Field.Name, out var kind))
                return $"has no column {column.Field.Name}";
            else if (kind != column.Field.Kind)
                return $"has {kind} in the column {column.Field.Name} where there is {column.Field.Kind}";
        return kinds.Count > 0 ? $"has a column {kinds.Keys.First()}" : null;
    }

    static void Close(IReadOnlyList<ITable> tables, DataFiles files)
    {
        foreach (var table in tables)
            table.Dispose();
        files.Dispose();
    }
}
