namespace Assay.Bench;

/// <summary>The figures of all rounds: medians with least and greatest, and ratios round by round.</summary>
sealed class Report
{
    readonly Dictionary<string, (string Unit, List<double> Values)> rows = [];
    readonly List<(string Name, string Of, string To)> ratios = [];

    public void Add(string name, string unit, double value)
    {
        if (!rows.TryGetValue(name, out var row))
            rows[name] = row = (unit, []);
        row.Values.Add(value);
    }

    /// <summary>Asks for a ratio of two rows.</summary>
    public void Ratio(string name, string of, string to) => ratios.Add((name, of, to));

    public void Print(string engine)
    {
        Console.WriteLine($"| {engine} | median | least | greatest | |");
        Console.WriteLine("| --- | ---: | ---: | ---: | --- |");
        foreach (var (name, (unit, values)) in rows)
            Line(name, values, "N0", unit);
        foreach (var (name, of, to) in ratios)
            Line(name, [.. rows[of].Values.Zip(rows[to].Values, (a, b) => a / b)], "0.00", "×");
    }

    static void Line(string name, List<double> values, string format, string unit)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine($"| {name} | {sorted[sorted.Count / 2].ToString(format)} | {sorted[0].ToString(format)} | {sorted[^1].ToString(format)} | {unit} |");
    }
}
