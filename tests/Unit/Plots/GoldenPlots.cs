using System.Runtime.CompilerServices;

using Assay.Plots;

namespace Assay.Tests.Unit.Plots;

/// <summary>The same data gives the same text. To accept a change on purpose: ASSAY_GOLDEN=write, then read the difference.</summary>
public sealed class GoldenPlots
{
    static readonly DateTimeOffset Night = new(2026, 11, 2, 2, 14, 0, TimeSpan.Zero);

    [Fact]
    public void A_falling_loss() => ShouldMatch("loss", new LineChart("loss", "val_logloss",
        [new("val_logloss", [.. Enumerable.Range(0, 40).Select(step => new Point(step, 0.04 + 0.08 / (1 + step * 0.4)))])]).Draw());

    [Fact]
    public void Two_lines_with_a_NaN() => ShouldMatch("two-lines", new LineChart("two", "grad_norm",
    [
        new("a", [new(0, 1), new(1, 3), new(2, double.NaN), new(3, 2), new(4, 1)]),
        new("b", [new(0, 2), new(2, 2.5), new(4, double.PositiveInfinity)]),
    ]).Draw());

    [Fact]
    public void An_interval_judged() => ShouldMatch("interval", new IntervalBar(0.677, 0.501, 0.814) { Wanted = 0.6, Champion = 0.58, Tone = Tone.Warn }.Draw("mcc = 5967"));

    [Fact]
    public void What_served() => ShouldMatch("strip", new Strip("served", Night.AddDays(-55), Night,
    [
        new("v38", [new(Night.AddDays(-55), Night.AddDays(-27)), new(Night.AddDays(-13), Night.AddDays(-12))]),
        new("v39", [new(Night.AddDays(-27), Night.AddDays(-13)), new(Night.AddDays(-12), Night.AddDays(-5))]),
        new("not approved", [new(Night.AddMinutes(-22), Night)], Unapproved: true),
    ], [new(Night.AddDays(-20), Night.AddDays(-19))]).Draw("What served production"));

    [Fact]
    public void A_night_by_kind() => ShouldMatch("night", new EventLanes("night", Night.AddDays(-1), Night, ["Deploys", "Decisions", "Drift"],
        [new(Night.AddHours(-8), 0), new(Night.AddHours(-8.2), 1), new(Night.AddMinutes(-22), 2, Bad: true)]).Draw("Last 24 hours"));

    [Fact]
    public void A_hallmark() => ShouldMatch("hallmark", Hallmark.Draw("369a6f85ff0f"));

    static void ShouldMatch(string name, string svg, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".svg");
        if (Environment.GetEnvironmentVariable("ASSAY_GOLDEN") == "write")
            File.WriteAllText(file, svg + "\n");
        (svg + "\n").ShouldBe(File.ReadAllText(file));
    }
}
