using System.Globalization;
using System.Text;

namespace Assay.Plots;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Points">In any order; they are drawn by X, equal X in the given order.</param>
public sealed record Series(string Name, IReadOnlyList<Point> Points)
{
    /// <summary>How many points there were before somebody thinned them; the caption tells it.</summary>
    public long Logged { get; init; } = Points.Count;
}

/// <summary>What a line chart shows.</summary>
/// <param name="Id">Unique on its page.</param>
/// <param name="Title">The metric.</param>
/// <param name="Lines">At most four tell apart by colour and dash; more repeat.</param>
public sealed record LineChart(string Id, string Title, IReadOnlyList<Series> Lines)
{
    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 120;

    /// <summary>Pixel columns to thin to; 1 000 where the chart is as wide as the page.</summary>
    public int Columns { get; init; } = 240;

    /// <summary>What X is called at its right end.</summary>
    public string Axis { get; init; } = "step";

    const int Top = 16, Foot = 20, MostMarks = 60;

    /// <summary>The picture. The same input gives the same text.</summary>
    public string Draw()
    {
        var lines = Lines.Select(line => new Series(line.Name, [.. line.Points.OrderBy(point => point.X)])).ToArray();
        var finite = lines.Select(line => line.Points.Where(point => double.IsFinite(point.Y)).ToArray()).ToArray();
        var across = lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(0).ToArray();
        var wide = across.Min() == across.Max() ? new Scale(across.Min(), across.Min() + 1) : new Scale(across.Min(), across.Max());
        var high = Scale.Around(finite.SelectMany(points => points).Select(point => point.Y));
        var inner = Height - Top - Foot;

        var svg = new Svg(Height, Id, Title, ChartWords.Description(this));
        foreach (var tick in Ticks.Of(high, inner / 28))
            svg.Level("ax", Top + (1 - high.Of(tick.At)) * inner);
        svg.Word(0, Height - 4, Figures.Of(wide.Low));
        if (across.Min() != across.Max())
            svg.Word(1, Height - 4, $"{Axis} {Figures.Of(across.Max())}", anchor: "end");
        svg.Raw($"""<svg y="{Top}" width="100%" height="{inner}" viewBox="0 0 1000 100" preserveAspectRatio="none">""");
        for (var at = 0; at < lines.Length; at++)
            svg.Raw(Path(lines[at].Points, at, wide, high));
        svg.Raw("</svg>");
        for (var at = 0; at < lines.Length; at++)
            Marks(svg, lines[at].Points, at, wide, high, inner);
        foreach (var tick in Ticks.Of(high, inner / 28))   // last, so that no line crosses a word
            svg.Word(0, Top + (1 - high.Of(tick.At)) * inner - 3, tick.Text);
        return svg.Done();
    }

    string Path(IReadOnlyList<Point> points, int nth, Scale wide, Scale high)
    {
        var path = new StringBuilder();
        // A line never crosses a value that is no number: each stretch between such values is a line of its own.
        for (int from = 0, to; from < points.Count; from = to + 1)
        {
            to = from;
            while (to < points.Count && double.IsFinite(points[to].Y))
                to++;
            if (to - from < 2)
                continue;
            path.Append('M');
            foreach (var point in Thinning.Columns([.. points.Skip(from).Take(to - from)], Columns))
                path.Append(CultureInfo.InvariantCulture, $"{Svg.Number(wide.Of(point.X) * 1000)} {Svg.Number((1 - high.Of(point.Y)) * 100)} ");
            path.Length--;
        }
        return path.Length == 0 ? "" : $"""<path class="ln {Colour(nth)}" d="{path}"/>""";
    }

    static void Marks(Svg svg, IReadOnlyList<Point> points, int nth, Scale wide, Scale high, int inner)
    {
        foreach (var point in Alone(points).Take(MostMarks))
            svg.Dot($"pt f{nth % 4 + 1}", wide.Of(point.X), Top + (1 - high.Of(point.Y)) * inner, 4);
        // One mark per column and kind is enough to see where; the caption says how many there are.
        var marks = points.Where(point => !double.IsFinite(point.Y))
            .Select(point => (Place: Math.Round(wide.Of(point.X) * MostMarks) / MostMarks, Upper: double.IsPositiveInfinity(point.Y))).Distinct();
        foreach (var (place, upper) in marks)
            svg.Dot("pt s-bad", place, upper ? Top : Top + inner, 4);
    }

    /// <summary>Points that no line can reach, because none of their neighbours is a number.</summary>
    static IEnumerable<Point> Alone(IReadOnlyList<Point> points)
    {
        for (var at = 0; at < points.Count; at++)
            if (double.IsFinite(points[at].Y) && (at == 0 || !double.IsFinite(points[at - 1].Y)) && (at == points.Count - 1 || !double.IsFinite(points[at + 1].Y)))
                yield return points[at];
    }

    /// <summary>Colour and dash of the line with this number, from 0: never colour alone.</summary>
    public static string Colour(int nth) => (nth % 4) switch { 0 => "k1", 1 => "k2 d1", 2 => "k3 d2", _ => "k4 d3" };
}
