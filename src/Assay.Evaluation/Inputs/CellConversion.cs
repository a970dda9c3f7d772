using System.Globalization;

namespace Assay.Evaluation.Inputs;

/// <summary>One value into an element of a tensor (evaluation.md §5.1): missing is NaN for floats and empty for text; whole floats become integers, 30.5 does not.</summary>
internal static class CellConversion
{
    const NumberStyles Decimal = NumberStyles.Float;

    /// <summary>Puts the value at <paramref name="index"/>. Gives the rule that it breaks, or null.</summary>
    public static string? Put(Array into, int index, Cell cell)
    {
        switch (into)
        {
            case float[] a: return Real(cell, out var f, float.MaxValue) ?? Set(a, index, (float)f);
            case double[] a: return Real(cell, out var d, double.MaxValue) ?? Set(a, index, d);
            case Half[] a: return Real(cell, out var h, (double)Half.MaxValue) ?? Set(a, index, (Half)h);
            // The runtime takes a byte[] for an sbyte[] too, so the unsigned ones are asked for by their exact type, and first.
            case byte[] a when into.GetType() == typeof(byte[]): return Whole(cell, out var u, byte.MinValue, byte.MaxValue) ?? Set(a, index, (byte)u);
            case ushort[] a when into.GetType() == typeof(ushort[]): return Whole(cell, out var us, ushort.MinValue, ushort.MaxValue) ?? Set(a, index, (ushort)us);
            case uint[] a when into.GetType() == typeof(uint[]): return Whole(cell, out var ui, uint.MinValue, uint.MaxValue) ?? Set(a, index, (uint)ui);
            case ulong[] a when into.GetType() == typeof(ulong[]): return Whole(cell, out var ul, 0, long.MaxValue) ?? Set(a, index, (ulong)ul);
            case long[] a: return Whole(cell, out var l, long.MinValue, long.MaxValue) ?? Set(a, index, l);
            case int[] a: return Whole(cell, out var i, int.MinValue, int.MaxValue) ?? Set(a, index, (int)i);
            case short[] a: return Whole(cell, out var s, short.MinValue, short.MaxValue) ?? Set(a, index, (short)s);
            case sbyte[] a: return Whole(cell, out var b, sbyte.MinValue, sbyte.MaxValue) ?? Set(a, index, (sbyte)b);
            case bool[] a: return Truth(cell, out var t) ?? Set(a, index, t);
            case string[] a: return Text(cell, out var text) ?? Set(a, index, text);
            default: throw new ArgumentException($"no tensor has {into.GetType()}", nameof(into));
        }
    }

    static string? Real(Cell cell, out double value, double most)
    {
        value = cell.Kind == CellKind.Missing ? double.NaN : cell.Real;
        if (cell.Kind is CellKind.Text or CellKind.Written)
        {
            // JSON has no NaN, so its name stands for it; any other text is a number only where the file has no types.
            var may = cell.Kind == CellKind.Written || cell.Text is "NaN" or "Infinity" or "-Infinity";
            if (!may || !double.TryParse(cell.Text, Decimal, CultureInfo.InvariantCulture, out value))
                return "the column takes numbers";
        }
        return double.IsFinite(value) && Math.Abs(value) > most ? "it is beyond the range of the type" : null;
    }

    static string? Whole(Cell cell, out long value, long least, long most)
    {
        value = cell.Whole;
        switch (cell.Kind)
        {
            case CellKind.Missing: return "an integer cannot be missing";
            case CellKind.Text: return "the column takes integers";
            case CellKind.Written when !long.TryParse(cell.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value):
                if (!double.TryParse(cell.Text, Decimal, CultureInfo.InvariantCulture, out var written))
                    return "the column takes integers";
                if (!IsWhole(written, out value))
                    return "only whole numbers convert to integers";
                break;
            case CellKind.Real when !IsWhole(cell.Real, out value): return "only whole numbers convert to integers";
        }
        return value < least || value > most ? "it is beyond the range of the type" : null;
    }

    static bool IsWhole(double number, out long value)
    {
        // 2⁶³ itself does not fit, and is the first double that does not.
        var fits = number == Math.Truncate(number) && number is >= -9223372036854775808.0 and < 9223372036854775808.0;
        value = fits ? (long)number : 0;
        return fits;
    }

    static string? Truth(Cell cell, out bool value)
    {
        var written = cell.Kind == CellKind.Written ? cell.Text!.ToUpperInvariant() : "";
        value = cell.Real == 1 || written is "TRUE" or "1";
        if (cell.Kind == CellKind.Missing)
            return "a boolean cannot be missing";
        if (cell.Kind == CellKind.Written)
            return value || written is "FALSE" or "0" ? null : "the column takes true and false";
        return cell.Kind != CellKind.Text && cell.Real is 0 or 1 ? null : "the column takes true and false";
    }

    static string? Text(Cell cell, out string value)
    {
        value = cell.Text ?? "";
        return cell.Kind is CellKind.Missing or CellKind.Text or CellKind.Written ? null : "the column takes text; write it in quotes";
    }

    static string? Set<T>(T[] into, int index, T value)
    {
        into[index] = value;
        return null;
    }
}
