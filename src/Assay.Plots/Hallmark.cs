using System.Globalization;
using System.Text;

namespace Assay.Plots;

/// <summary>Eight bars made from the first eight figures of a digest: two digests are compared at a glance.</summary>
public static class Hallmark
{
    const double First = 1.5, Apart = 2.7, Lowest = 1.5, PerFigure = 0.68;

    /// <summary>The picture, 22 by 12 pixels, hidden from screen readers: the figures stand beside it.</summary>
    /// <param name="hex">At least eight hex digits.</param>
    public static string Draw(string hex)
    {
        var path = new StringBuilder();
        for (var bar = 0; bar < 8; bar++)
        {
            var figure = int.Parse(hex.AsSpan(bar, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            path.Append(CultureInfo.InvariantCulture, $"M{First + bar * Apart:0.#} 12v-{Lowest + figure * PerFigure:0.##}");
        }
        return $"""<svg viewBox="0 0 22 12" aria-hidden="true"><path d="{path}"/></svg>""";
    }
}
