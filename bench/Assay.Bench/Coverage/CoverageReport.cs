using System.Globalization;
using Assay.Statistics;

namespace Assay.Bench.Coverage;

/// <summary>How often each interval that gates holds the truth, as a table of Markdown (docs/statistics.md).</summary>
static class CoverageReport
{
    static readonly int[] Sizes = [1000, 10_000];

    public static void Print(BenchOptions options)
    {
        Console.WriteLine($"{options.Runs} data sets a line; demanded 93.5 to 97 %, Clopper-Pearson at least 95 %.");
        Console.WriteLine("| interval, 95 % | law | rows | covered % | truth below % | truth above % | approximate % | data sets |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var rows in Sizes)
            foreach (var share in new[] { 0.02, 0.1, 0.5 })
            {
                Exact("share: wilson", rows, share, Proportions.Wilson);
                Exact("share: clopper-pearson", rows, share, Proportions.ClopperPearson);
            }
        foreach (var design in RankDesigns.All(Sizes).Concat(new MeanDesigns().All(Sizes)).Where(design => options.Wants(design.Interval)))
        {
            var covered = design.Run((int)options.Runs, Environment.ProcessorCount);
            Console.WriteLine($"| {design.Interval} | {design.Point} | {design.Rows} | {Percent(covered.Share)} | {Percent(covered.Under, covered)} | {Percent(covered.Over, covered)} | {Percent(covered.Approximate, covered)} | {covered.Runs} |");
        }
    }

    static void Exact(string name, int rows, double share, Func<long, long, double, Interval> interval) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | p {share} | {rows} | {Percent(ShareCoverage.Of(interval, rows, share))} | | | | exact |"));

    static string Percent(int count, Covered of) => Percent((double)count / of.Runs);

    static string Percent(double share) => (100 * share).ToString("0.00", CultureInfo.InvariantCulture);
}
