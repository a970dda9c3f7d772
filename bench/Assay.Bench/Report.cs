using System.Globalization;

namespace Assay.Bench;

/// <summary>The figures of all rounds: medians with least and greatest, and ratios round by round.</summary>
sealed class Report
{
    readonly Dictionary<string, (string Unit, List<double> Values, List<Figures> Latencies)> rows = [];
    readonly List<(string Name, string Of, Func<int, double> To)> ratios = [];

    public void Add(string name, string unit, double value) => Row(name, unit).Values.Add(value);

    /// <summary>A rate with its latencies.</summary>
    public void Add(string name, string unit, Figures figures)
    {
        var row = Row(name, unit);
        row.Values.Add(figures.Rate);
        row.Latencies.Add(figures);
    }

    /// <summary>Asks for a ratio of two rows.</summary>
    public void Ratio(string name, string of, string to) => ratios.Add((name, of, round => rows[to].Values[round]));

    /// <summary>Asks for a ratio of a row to something made of others, round by round.</summary>
    public void Ratio(string name, string of, Func<Func<string, double>, double> to) => ratios.Add((name, of, round => to(row => rows[row].Values[round])));

    public void Print(string engine)
    {
        Console.WriteLine($"| {engine} | median | least | greatest | | p50 ms | p95 ms | p99 ms |");
        Console.WriteLine("| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        foreach (var (name, (unit, values, latencies)) in rows)
            Line(name, values, unit, latencies);
        foreach (var (name, of, to) in ratios.Where(ratio => rows.ContainsKey(ratio.Of)))
            Line(name, [.. rows[of].Values.Select((value, round) => value / to(round))], "×", []);
    }

    (string Unit, List<double> Values, List<Figures> Latencies) Row(string name, string unit)
    {
        if (!rows.TryGetValue(name, out var row))
            rows[name] = row = (unit, [], []);
        return row;
    }

    static void Line(string name, List<double> values, string unit, List<Figures> latencies)
    {
        string[] taken = latencies.Count == 0 ? ["", "", ""] : [Time(f => f.P50), Time(f => f.P95), Time(f => f.P99)];
        Console.WriteLine($"| {name} | {Number(Median(values), unit)} | {Number(values.Min(), unit)} | {Number(values.Max(), unit)} | {unit} | {string.Join(" | ", taken)} |");

        string Time(Func<Figures, double> of) => Median([.. latencies.Select(of)]).ToString("0.00", CultureInfo.InvariantCulture);
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static string Number(double value, string unit) => unit == "×" ? value.ToString("0.00", CultureInfo.InvariantCulture) : value.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');
}
