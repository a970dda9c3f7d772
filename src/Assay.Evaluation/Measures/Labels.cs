using System.Globalization;
using Assay.Evaluation.Data;

namespace Assay.Evaluation.Measures;

/// <summary>Labels as text, so that 1, 1.0 and true of different files are one class.</summary>
internal static class Labels
{
    /// <summary>A class as a suite or a file writes it: whole numbers without their point, true and false as 1 and 0.</summary>
    public static string Plain(string text) => text switch
    {
        "true" or "True" or "TRUE" => "1",
        "false" or "False" or "FALSE" => "0",
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Truncate(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture) : text,
    };

    /// <summary>The same of one row of a column; null where there is no value.</summary>
    public static string? Of(DataVector vector, int row) => vector.Texts is { } texts
        ? string.IsNullOrEmpty(texts[row]) ? null : Plain(texts[row]!)
        : double.IsNaN(vector.Numbers![row]) ? null : Plain(vector.Numbers[row].ToString("R", CultureInfo.InvariantCulture));
}
