using System.Globalization;
using System.Text;

namespace Assay.Examples.Credit;

/// <summary>Reads and writes loans as comma-separated values without quotes. What is wrong is named by its line and column.</summary>
public sealed class LoanFile
{
    LoanFile(string header, IReadOnlyList<Loan> loans) => (Header, Loans) = (header, loans);

    /// <summary>The first line.</summary>
    public string Header { get; }

    /// <summary>The loans, in the file's order.</summary>
    public IReadOnlyList<Loan> Loans { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A column is missing, or a cell is no number where one is wanted.</exception>
    public static async Task<LoanFile> ReadAsync(string path, CancellationToken ct = default)
    {
        var lines = (await File.ReadAllLinesAsync(path, ct)).Where(line => line.Length > 0).ToArray();
        if (lines.Length < 2)
            throw new InvalidDataException($"{path} has no rows.");
        var names = lines[0].Split(',');
        var at = LoanColumns.Inputs.Append(LoanColumns.Label).ToDictionary(name => name, name => Array.IndexOf(names, name));
        var missing = at.Where(column => column.Value < 0).Select(column => column.Key).ToArray();
        if (missing.Length > 0)
            throw new InvalidDataException($"{path} has no column {string.Join(", ", missing)}; it has {lines[0]}.");
        return new(lines[0], [.. lines.Skip(1).Select((line, i) => Read(line, at, names.Length, $"{path}, line {i + 2}"))]);
    }

    /// <summary>Some of the loans in the file's own form.</summary>
    public byte[] Write(IEnumerable<Loan> loans) => Encoding.UTF8.GetBytes(string.Join('\n', loans.Select(loan => loan.Line).Prepend(Header)) + "\n");

    static Loan Read(string line, Dictionary<string, int> at, int columns, string place)
    {
        var cells = line.Split(',');
        if (cells.Length != columns)
            throw new InvalidDataException($"{place} has {cells.Length} cells; {columns} are wanted.");
        var status = cells[at[LoanColumns.Label]];
        if (status is not ("good" or "bad"))
            throw new InvalidDataException($"{place}: {LoanColumns.Label} is '{status}'; 'good' or 'bad' is wanted.");
        return new(line, status == LoanColumns.Bad,
            [.. LoanColumns.Numbers.Select(name => Number(cells[at[name]], name, place))],
            [.. LoanColumns.Words.Select(name => cells[at[name]])]);
    }

    static float Number(string cell, string column, string place) =>
        cell.Length == 0 ? float.NaN
        : float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw new InvalidDataException($"{place}: {column} is '{cell}'; a number or an empty cell is wanted.");
}
