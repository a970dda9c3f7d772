using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Contracts;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// The hashes of private rows as a text that may be handed over: a few lines that begin with <c>#</c>, then the first 16 hex digits of each row's hash
/// in ascending order, each as often as the row occurs. Lists with all 64 digits are read as well.
/// </summary>
public sealed class DigestList : ISortedRows
{
    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    const string Kind = "# assay-row-digests 1", OfColumns = "# columns: ", OfRows = "# rows: ", OfDigest = "# rows_digest: ";
    const int Half = 16, Whole = 64;
    readonly string path;

    DigestList(string path, IReadOnlyList<RowColumn> columns, long rows, Digest? digest, bool isShort) => (this.path, Columns, Rows, RowsDigest, Short) = (path, columns, rows, digest, isShort);

    /// <summary>The columns that were hashed, in their order.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <inheritdoc/>
    public long Rows { get; }

    /// <summary>The rows' digest as the list's writer says; short lists cannot prove it.</summary>
    public Digest? RowsDigest { get; }

    /// <inheritdoc/>
    public bool Short { get; }

    /// <summary>Writes the hashes of rows.</summary>
    public static async Task Write(string path, RowDigests rows, IReadOnlyList<RowColumn> columns, Digest rowsDigest, CancellationToken ct)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        await file.WriteLineAsync(Kind);
        await file.WriteLineAsync(OfColumns + JsonSerializer.Serialize(columns.Select(c => new { name = c.Name, number = c.Number })));
        await file.WriteLineAsync(OfRows + rows.Rows.ToString(CultureInfo.InvariantCulture));
        await file.WriteLineAsync(OfDigest + rowsDigest);
        foreach (var hash in rows.Sorted())
        {
            ct.ThrowIfCancellationRequested();
            file.WriteLine(hash.First.ToString("x16", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads the head of a list. What is wrong with its lines turns out while they are read.</summary>
    public static Result<DigestList> Open(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            if (file.ReadLine() != Kind)
                return DataRefusals.NoDigests(path, $"its first line is not '{Kind}'.");
            IReadOnlyList<RowColumn>? columns = null;
            long? rows = null;
            Digest? digest = null;
            string? line;
            while ((line = file.ReadLine()) is ['#', ..])
                if (line.StartsWith(OfColumns, StringComparison.Ordinal))
                    columns = JsonSerializer.Deserialize<List<RowColumn>>(line[OfColumns.Length..], JsonSerializerOptions.Web);
                else if (line.StartsWith(OfRows, StringComparison.Ordinal))
                    rows = long.Parse(line[OfRows.Length..], NumberStyles.None, CultureInfo.InvariantCulture);
                else if (line.StartsWith(OfDigest, StringComparison.Ordinal))
                    digest = Digest.Parse(line[OfDigest.Length..]);
            if (columns is not { Count: > 0 } || rows is null)
                return DataRefusals.NoDigests(path, "its head does not say '# columns: ' and '# rows: '.");
            return new DigestList(path, columns, rows.Value, digest, line is not { Length: Whole });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or JsonException)
        {
            return DataRefusals.NoDigests(path, e.Message);
        }
    }

    /// <summary>The hashes; throws <see cref="DataException"/> with the line that is none, or that breaks the order, or when the list breaks off.</summary>
    public IEnumerable<RowHash> Sorted()
    {
        using var file = new StreamReader(path, Encoding.UTF8, false, 1 << 16);
        var (number, count) = (0L, 0L);
        RowHash last = default;
        while (file.ReadLine() is { } line)
        {
            number++;
            if (line is ['#', ..])
                continue;
            var hash = Hash(line) ?? throw new DataException($"line {number} is no digest: wanted {(Short ? Half : Whole)} lower-case hex digits.");
            if (hash < last)
                throw new DataException($"line {number} is less than the one before; digests stand in ascending order.");
            (last, count) = (hash, count + 1);
            yield return hash;
        }
        if (count != Rows)
            throw new DataException($"the list has {count} digests and says that it has {Rows}.");
    }

    RowHash? Hash(string line)
    {
        if (line.Length != (Short ? Half : Whole) || line.AsSpan().ContainsAnyExcept(HexDigits))
            return null;
        ulong Word(int at) => ulong.Parse(line.AsSpan(at, Half), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return Short ? new(Word(0), 0, 0, 0) : new(Word(0), Word(Half), Word(2 * Half), Word(3 * Half));
    }
}
