using System.Globalization;

namespace Assay.Bench;

/// <summary>What to measure with.</summary>
sealed record BenchOptions(string? Sqlite, string? Postgres, int Rounds, double Seconds)
{
    public static BenchOptions Read(string[] args)
    {
        var options = new BenchOptions(null, null, 5, 2);
        for (var i = 0; i + 1 < args.Length; i += 2)
            options = args[i] switch
            {
                "--sqlite" => options with { Sqlite = args[i + 1] },
                "--postgres" => options with { Postgres = args[i + 1] },
                "--rounds" => options with { Rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"unknown option {args[i]}"),
            };
        return options;
    }
}
