using System.Globalization;
using System.Text;

namespace Assay.Plots;

/// <summary>Writes a square plot of two rates: 300 by 250 units that scale as one, so that its diagonal stays a diagonal.</summary>
internal sealed class Square
{
    const double Left = 34, Right = 290, Upper = 10, Lower = 210;
    readonly StringBuilder text = new(2048);
    readonly double until;

    /// <summary>The frame with its grid and words. Up it goes from 0 to 1, across from 0 to <paramref name="until"/>.</summary>
    public Square(string id, string title, string description, string across, string up, double until = 1)
    {
        this.until = until;
        var safe = Svg.Id(id);
        text.Append(CultureInfo.InvariantCulture, $"""<svg class="plot sq" viewBox="0 0 300 250" role="img" aria-labelledby="{safe}-t {safe}-d"><title id="{safe}-t">{Svg.Escape(title)}</title><desc id="{safe}-d">{Svg.Escape(description)}</desc>""");
        for (var nth = 0; nth <= 4; nth++)
        {
            double share = nth / 4.0, x = X(share * until), y = Y(share);
            text.Append($"""<path class="ax" d="M{Svg.Number(Left)} {Svg.Number(y)}H{Svg.Number(Right)}M{Svg.Number(x)} {Svg.Number(Upper)}V{Svg.Number(Lower)}"/>""");
            Word(Left - 5, y + 4, Rate(share), "end");
            Word(x, Lower + 15, Rate(share * until), "middle");
        }
        Word((Left + Right) / 2, 244, across, "middle");
        Up = up;
    }

    string Up { get; }

    /// <summary>A dotted line to compare with.</summary>
    public void Reference(Point from, Point to) => text.Append($"""<path class="ref" d="M{Place(from)} {Place(to)}"/>""");

    /// <summary>A line through points that rise in X; what lies beyond the right edge is cut off at it.</summary>
    public void Line(string css, IReadOnlyList<Point> points)
    {
        if (points.Count > 1)
            text.Append($"""<path class="ln {css}" d="M{string.Join(' ', Cut(points).Select(Place))}"/>""");
    }

    /// <summary>A point with the interval that stands upright through it.</summary>
    public void Mark(Point at, double low, double high, bool few) =>
        text.Append($"""<path class="ci thin{(few ? " few" : "")} s-info" d="M{Svg.Number(X(at.X))} {Svg.Number(Y(low))}V{Svg.Number(Y(high))}"/><circle class="pt s-info" cx="{Svg.Number(X(at.X))}" cy="{Svg.Number(Y(at.Y))}" r="4"/>""");

    /// <summary>The finished plot. What goes up is named last, so that no line crosses the words.</summary>
    public string Done()
    {
        text.Append($"""<text x="285" y="203" text-anchor="end" class="on">{Svg.Escape(Up)}</text></svg>""");
        return text.ToString();
    }

    IEnumerable<Point> Cut(IReadOnlyList<Point> points)
    {
        for (var at = 0; at < points.Count; at++)
        {
            if (points[at].X <= until)
            {
                yield return points[at];
                continue;
            }
            if (at > 0)
                yield return new(until, RateCurve.At(points, until));
            yield break;
        }
    }

    void Word(double x, double y, string word, string anchor) => text.Append($"""<text x="{Svg.Number(x)}" y="{Svg.Number(y)}" text-anchor="{anchor}">{Svg.Escape(word)}</text>""");

    string Place(Point point) => $"{Svg.Number(X(point.X))} {Svg.Number(Y(point.Y))}";

    double X(double rate) => Left + (Math.Clamp(rate / until, 0, 1) * (Right - Left));

    static double Y(double rate) => Lower - (Math.Clamp(rate, 0, 1) * (Lower - Upper));

    static string Rate(double rate) => rate.ToString("0.####", CultureInfo.InvariantCulture);
}
