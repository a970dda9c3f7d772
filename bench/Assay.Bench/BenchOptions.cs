using System.Globalization;

namespace Assay.Bench;

/// <summary>What to measure with. <paramref name="Size"/> names the size of a search in the report; <paramref name="Process"/> is the server's, for its memory;
/// <paramref name="Only"/> leaves out what does not hold it in its name; with a <c>=</c> before it, what is not named so.</summary>
sealed record BenchOptions(string? Sqlite, string? Postgres, int Rounds, double Seconds, long Runs, string Size, int? Process, string? Only)
{
    public bool Wants(string name) => Only is null || (Only.StartsWith('=') ? name == Only[1..] : name.Contains(Only, StringComparison.Ordinal));

    public static BenchOptions Read(IReadOnlyList<string> args)
    {
        var options = new BenchOptions(null, null, 5, 2, 10_000, "", null, null);
        for (var i = 0; i + 1 < args.Count; i += 2)
            options = args[i] switch
            {
                "--sqlite" => options with { Sqlite = args[i + 1] },
                "--postgres" => options with { Postgres = args[i + 1] },
                "--rounds" => options with { Rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--runs" => options with { Runs = long.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--size" => options with { Size = args[i + 1] },
                "--process" => options with { Process = int.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--only" => options with { Only = args[i + 1] },
                _ => throw new ArgumentException($"unknown option {args[i]}"),
            };
        return options;
    }
}
