namespace Assay.Plots;

/// <summary>What a line chart says in words: for those who do not see it, and for those who want to trust it.</summary>
public static class ChartWords
{
    /// <summary>What the lines do, one sentence each.</summary>
    public static string Description(LineChart chart)
    {
        var said = chart.Lines.Take(6).Select(line => Of(line, chart.Axis)).ToList();
        if (chart.Lines.Count > 6)
            said.Add($"{chart.Lines.Count - 6} more lines are in the table.");
        return said.Count == 0 ? "Nothing was logged." : string.Join(" ", said);
    }

    /// <summary>How the picture was made from the points: how many there are, how they were thinned, where they are no numbers.</summary>
    public static string Caption(LineChart chart)
    {
        var points = chart.Lines.Sum(line => line.Logged);
        var odd = chart.Lines.SelectMany(line => line.Points).Where(point => !double.IsFinite(point.Y)).OrderBy(point => point.X).ToArray();
        var drawn = chart.Lines.Any(line => line.Points.Count > chart.Columns || line.Logged > line.Points.Count) ? ", drawn as lowest and highest of each column" : ", all drawn";
        var text = $"{Figures.Count(points)} {(points == 1 ? "point" : "points")}{drawn}";
        if (odd.Length > 0)
            text += $"; {Figures.Count(odd.Length)} {(odd.Length == 1 ? "is" : "are")} no number, first {Figures.Of(odd[0].Y)} at {chart.Axis} {Figures.Of(odd[0].X)}, marked on the edge";
        return text + ".";
    }

    static string Of(Series line, string axis)
    {
        if (line.Points.Count == 0)
            return $"{line.Name} has no points.";
        var sorted = line.Points.OrderBy(point => point.X).ToArray();
        if (sorted.Length == 1)
            return $"{line.Name} is {Figures.Of(sorted[0].Y)} at {axis} {Figures.Of(sorted[0].X)}, the only point.";
        var finite = sorted.Where(point => double.IsFinite(point.Y)).ToArray();
        if (finite.Length == 0)
            return $"{line.Name} has {Figures.Count(sorted.Length)} points and none is a number.";
        var way = finite[^1].Y > finite[0].Y ? "rises" : finite[^1].Y < finite[0].Y ? "falls" : "starts";
        return $"{line.Name} {way} from {Figures.Of(sorted[0].Y)} and ends at {Figures.Of(sorted[^1].Y)} at {axis} {Figures.Of(sorted[^1].X)}; lowest {Figures.Of(finite.Min(point => point.Y))}, highest {Figures.Of(finite.Max(point => point.Y))}.";
    }
}
