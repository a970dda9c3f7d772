using System.Globalization;
using System.Text;
using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.FirstSuites;

/// <summary>Values as a suite writes them: on one line, and read back as exactly what they are.</summary>
internal static class YamlValues
{
    /// <summary>A text in double quotes, whatever it holds.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes()) // half a character becomes U+FFFD: YAML cannot hold it
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF => $"\\u{rune.Value:X4}",
                _ => rune.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    /// <summary>A number with as many digits as it needs.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A value of an input.</summary>
    public static string Of(Cell cell) => cell.Kind switch
    {
        CellKind.Missing => "null",
        CellKind.Bool => cell.Whole == 1 ? "true" : "false",
        CellKind.Integer => cell.Whole.ToString(CultureInfo.InvariantCulture),
        CellKind.Real => Number(cell.Real),
        _ => Quoted(cell.Text!),
    };

    /// <summary>Items in brackets.</summary>
    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

    /// <summary>The values of a column as nested lists of its shape, without the first <paramref name="depth"/> dimensions, from <paramref name="at"/> on.</summary>
    public static string Nested(InputColumn column, int depth, int at)
    {
        if (depth == column.Shape.Length)
            return Of(column[at]);
        var step = column.Shape.Skip(depth + 1).Aggregate(1, (product, length) => product * length);
        return List(Enumerable.Range(0, column.Shape[depth]).Select(i => Nested(column, depth + 1, at + (i * step))));
    }

    /// <summary>A text on one line, for a comment.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('\u2028', ' ').Replace('\u2029', ' ').Replace('\u0085', ' ');
}
