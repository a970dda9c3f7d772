using Assay.Statistics;
using Assay.Statistics.Shift;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Shift;

public sealed class ShiftDistances
{
    static readonly double[] P = [0.10, 0.20, 0.40, 0.20, 0.10], Q = [0.08, 0.18, 0.40, 0.22, 0.12];

    static readonly Gen<(long[] P, long[] Q)> Counts =
        from bins in Gen.Int[2, 14]
        from p in Gen.Long[0, 1000].Array[bins]
        from q in Gen.Long[0, 1000].Array[bins]
        select (p, q);

    [Fact]
    public void They_are_the_published_ones()
    {
        Distances.Psi(P, Q).ShouldBe(0.0121227161, 1e-10);
        Distances.JensenShannon(P, Q).ShouldBe(0.0021832922, 1e-10);
        Distances.JensenShannonDistance(P, Q).ShouldBe(0.0467257121, 1e-10);
        Distances.LInfinity(P, Q).ShouldBe(0.02, 1e-12);
        Distances.TotalVariation(P, Q).ShouldBe(0.04, 1e-12);
        Distances.KolmogorovSmirnov(P, Q).ShouldBe(0.04, 1e-12);
    }

    [Fact]
    public void They_are_symmetric_bounded_and_nothing_between_equals() => Counts.Sample(counts =>
    {
        double[] p = Distances.Smoothed(counts.P), q = Distances.Smoothed(counts.Q);
        p.Sum().ShouldBe(1, 1e-12);
        p.ShouldAllBe(share => share > 0);
        Distances.Psi(p, q).ShouldBe(Distances.Psi(q, p), 1e-12);
        Distances.JensenShannon(p, q).ShouldBe(Distances.JensenShannon(q, p), 1e-12);
        Distances.JensenShannon(p, q).ShouldBeInRange(0, 1);
        (Distances.LInfinity(p, q) <= Distances.TotalVariation(p, q) + 1e-12).ShouldBeTrue();
        (Distances.KolmogorovSmirnov(p, q) <= Distances.TotalVariation(p, q) + 1e-12).ShouldBeTrue();
        // Pinsker's inequality, in bits, against the mean of both.
        Distances.JensenShannon(p, q).ShouldBeGreaterThanOrEqualTo((Distances.TotalVariation(p, q) * Distances.TotalVariation(p, q) / (2 * Math.Log(2))) - 1e-12);
        (Distances.Psi(p, p), Distances.JensenShannon(p, p), Distances.KolmogorovSmirnov(p, p)).ShouldBe((0, 0, 0));
    }, iter: 500);

    [Fact]
    public void Bins_are_ten_deciles_closed_above_and_two_outside()
    {
        var bins = ScoreBins.Of([.. Enumerable.Range(1, 100).Select(i => (double)i)]);
        bins.Edges.ShouldBe([1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
        (bins.BinOf(0.9), bins.BinOf(1), bins.BinOf(10), bins.BinOf(10.1), bins.BinOf(100), bins.BinOf(100.1)).ShouldBe((0, 1, 1, 2, 10, 11));
        Should.Throw<ArgumentException>(() => bins.BinOf(double.NaN));
    }

    [Fact]
    public void The_reference_fills_its_own_bins_and_none_outside() => Gen.Double[-5, 5].Array[1, 400].Sample(values =>
    {
        var bins = ScoreBins.Of([.. values.Order()]);
        var counts = new int[ScoreBins.Count];
        foreach (var value in values)
            counts[bins.BinOf(value)]++;
        (counts[0], counts[11]).ShouldBe((0, 0));
        if (values.Distinct().Count() == values.Length && values.Length >= 10)
            (counts[1..11].Max() - counts[1..11].Min()).ShouldBeLessThanOrEqualTo(1);
    }, iter: 300);

    [Fact]
    public void Chance_alone_makes_of_PSI_and_JSD_what_the_correction_takes_off()
    {
        var random = new SplitMix(1);
        long[] Draw(int n)
        {
            var counts = new long[10];
            for (var i = 0; i < n; i++)
                counts[(int)(random.NextUnit() * 10)]++;
            return counts;
        }
        double psi = 0, jsd = 0;
        const int Runs = 400;
        for (var run = 0; run < Runs; run++)
        {
            double[] p = Distances.Smoothed(Draw(1000)), q = Distances.Smoothed(Draw(2000));
            (psi, jsd) = (psi + (Distances.Psi(p, q) / Runs), jsd + (Distances.JensenShannon(p, q) / Runs));
        }
        psi.ShouldBe(SampleSize.Psi(10, 1000, 2000), 0.1 * psi);
        jsd.ShouldBe(SampleSize.JensenShannon(10, 1000, 2000), 0.1 * jsd);
        SampleSize.Psi(10, 100, 1_000_000).ShouldBe(0.09, 0.001);
        SampleSize.Corrected(0.05, 0.09).ShouldBe(0);
        SampleSize.Least(ScoreBins.Count).ShouldBe(1200);
    }
}
