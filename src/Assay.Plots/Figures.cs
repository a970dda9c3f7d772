using System.Globalization;

namespace Assay.Plots;

/// <summary>Numbers as people read them: proper minus, thin space for thousands, no more figures than help.</summary>
public static class Figures
{
    const string NarrowSpace = "\u202f";
    const char Minus = '\u2212';

    /// <summary>A count: <c>118 204</c>.</summary>
    public static string Count(long count) => Thin(count.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>A measured value with four significant figures, or as many as an interval of this width supports.</summary>
    /// <param name="value">Any double; NaN and the infinities have their own words.</param>
    /// <param name="width">Width of the interval around the value; two figures below it are shown.</param>
    public static string Of(double value, double width = double.NaN)
    {
        if (Word(value) is { } word)
            return word;
        if (value == 0)
            return "0";
        if (double.IsFinite(width) && width > 0)
            return Fixed(value, Math.Clamp(1 - Magnitude(width), 0, 9));
        var magnitude = Magnitude(value);
        if (value == Math.Floor(value) && magnitude < 9)
            return Count((long)value);
        return magnitude is < -4 or > 8 ? Scientific(value) : Thin(Trimmed(Math.Round(value, Math.Clamp(3 - magnitude, 0, 15))));
    }

    /// <summary>A value with exactly so many decimals.</summary>
    public static string Fixed(double value, int decimals) =>
        Word(value) ?? Thin(value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture));

    /// <summary>A difference with its sign always written.</summary>
    public static string Signed(double value, double width = double.NaN) => value > 0 ? "+" + Of(value, width) : Of(value, width);

    /// <summary>A share from 0 to 1 as <c>92.3 %</c>; what is neither nothing nor all never rounds to it.</summary>
    public static string Percent(double share)
    {
        if (Word(share) is { } word)
            return word;
        var text = share switch
        {
            > 0 and < 0.001 => "< 0.1",
            < 1 and > 0.999 => "> 99.9",
            _ => Trimmed(Math.Round(share * 100, 1)),
        };
        return text.Replace('-', Minus) + NarrowSpace + "%";
    }

    /// <summary>A size in bytes with the decimal unit that fits.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var size = (double)bytes;
        var unit = 0;
        while (size >= 999.5 && unit < units.Length - 1)
        {
            size /= 1000;
            unit++;
        }
        return Trimmed(Math.Round(size, unit == 0 || size >= 99.5 ? 0 : 1)) + NarrowSpace + units[unit];
    }

    static string? Word(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "∞" : double.IsNegativeInfinity(value) ? Minus + "∞" : null;

    static int Magnitude(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)));

    static string Trimmed(double value) => value.ToString("#,0.###############", CultureInfo.InvariantCulture);

    static string Scientific(double value)
    {
        var text = value.ToString("0.###e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
        return text.Replace('-', Minus);
    }

    static string Thin(string text) => text.Replace(",", NarrowSpace, StringComparison.Ordinal).Replace('-', Minus);
}
