using System.Globalization;

namespace Assay.Evaluation.Data;

/// <summary>Numbers out of columns that may hold them as text, as CSV does. Written as in every other place here: invariant, 1e3 and -0 allowed, no thousands.</summary>
public static class DataNumbers
{
    /// <summary>The number that a text is. NaN, Infinity and -Infinity are numbers by their names.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>The column as numbers, NaN where missing. Throws <see cref="DataException"/> that names row, column and text when a text is no number.</summary>
    public static double[] Of(DataVector vector, long firstRow) => Of(vector, firstRow, truths: false);

    /// <summary>The same where a boolean may be written by its name: true is 1, false is 0.</summary>
    internal static double[] OfWritten(DataVector vector, long firstRow) => Of(vector, firstRow, truths: true);

    static double[] Of(DataVector vector, long firstRow, bool truths)
    {
        if (vector.Numbers is { } numbers)
            return numbers;
        var texts = vector.Texts!;
        var result = new double[texts.Length];
        for (var row = 0; row < texts.Length; row++)
            if (texts[row] is not { Length: > 0 } text)
                result[row] = double.NaN;
            else if (!TryParse(text, out result[row]) && !(truths && bool.TryParse(text, out var truth) && Set(ref result[row], truth)))
                throw new DataException($"row {firstRow + row} has {Shown(text)} in the column {vector.Name}, which is no number.");
        return result;
    }

    static bool Set(ref double number, bool truth)
    {
        number = truth ? 1 : 0;
        return true;
    }

    /// <summary>A text as messages show it.</summary>
    internal static string Shown(string text) => $"\"{(text.Length > 40 ? text[..40] + "…" : text)}\"";
}
