using System.Globalization;
using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.Heldout;

/// <summary>Labels as text, so that 1, 1.0 and true of different files are one class.</summary>
internal static class Labels
{
    /// <summary>The class that a value names; null when it is missing.</summary>
    public static string? Class(Cell cell) => cell.Kind switch
    {
        CellKind.Missing => null,
        CellKind.Bool or CellKind.Integer => cell.Whole.ToString(CultureInfo.InvariantCulture),
        CellKind.Real => Plain(cell.Real.ToString("R", CultureInfo.InvariantCulture)),
        _ => Plain(cell.Text!),
    };

    /// <summary>A class as a suite or a file writes it: whole numbers without their point, true and false as 1 and 0.</summary>
    public static string Plain(string text) => text switch
    {
        "true" or "True" or "TRUE" => "1",
        "false" or "False" or "FALSE" => "0",
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Truncate(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture) : text,
    };

    /// <summary>A truth as a number; null when it is none.</summary>
    public static double? Number(Cell cell) => cell.Kind switch
    {
        CellKind.Bool or CellKind.Integer or CellKind.Real => cell.Real,
        CellKind.Written when double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
