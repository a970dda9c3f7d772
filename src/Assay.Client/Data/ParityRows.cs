using System.Globalization;
using System.Text;

namespace Assay.Client;

/// <summary>Rows with a pipeline's own answers, as CSV that reads back to the very same numbers.</summary>
static class ParityRows
{
    /// <summary>The text; throws <see cref="ArgumentException"/> when answers and rows do not go together.</summary>
    public static string Csv(InputExample inputs, IReadOnlyList<object> predictions, string column)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(predictions);
        if (inputs.Columns.Contains(column))
            throw new ArgumentException($"The inputs have a column {column} of their own; name another for the predictions.", nameof(column));
        if (inputs.Rows.Count != predictions.Count)
            throw new ArgumentException($"There are {inputs.Rows.Count} rows and {predictions.Count} predictions.", nameof(predictions));
        var csv = new StringBuilder();
        Line(csv, [.. inputs.Columns, column]);
        for (var r = 0; r < predictions.Count; r++)
            Line(csv, inputs.Rows[r].Count == inputs.Columns.Count ? [.. inputs.Rows[r], predictions[r]]
                : throw new ArgumentException($"Row {r + 1} has {inputs.Rows[r].Count} values for {inputs.Columns.Count} columns.", nameof(inputs)));
        return csv.ToString();
    }

    static void Line(StringBuilder csv, IReadOnlyList<object?> cells) => csv.AppendJoin(',', cells.Select(Cell)).Append('\n');

    static string Cell(object? value) => value switch
    {
        null => "",
        double real when double.IsNaN(real) => "",
        float real when float.IsNaN(real) => "",
        bool flag => flag ? "true" : "false",
        string text => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Parity rows hold texts, numbers and booleans; {value.GetType().Name} is none.", nameof(value)),
    };
}
