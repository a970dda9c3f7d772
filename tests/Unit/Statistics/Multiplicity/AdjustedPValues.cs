using Assay.Statistics.Multiplicity;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.Multiplicity;

public sealed class AdjustedPValues
{
    static readonly Gen<double[]> PValues = Gen.Double[0, 1].Array[1, 20];

    [Fact]
    public void They_are_those_of_the_papers()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        Adjusted.Holm(p).Select(x => Math.Round(x, 12)).ShouldBe([0.03, 0.06, 0.06, 0.02]);
        Adjusted.BenjaminiHochberg(p).Select(x => Math.Round(x, 12)).ShouldBe([0.02, 0.04, 0.04, 0.02]);
    }

    [Fact]
    public void Holm_calls_what_stepping_down_calls_and_BH_what_stepping_up_calls() => Gen.Select(PValues, Gen.Double[0.01, 0.5]).Sample((p, alpha) =>
    {
        double[] sorted = [.. p.Order()];
        int holm = 0, bh = 0;
        while (holm < p.Length && sorted[holm] <= alpha / (p.Length - holm))
            holm++;
        for (var k = 1; k <= p.Length; k++)
            bh = sorted[k - 1] <= alpha * k / p.Length ? k : bh;
        Adjusted.Holm(p).Count(x => x <= alpha).ShouldBe(holm);
        Adjusted.BenjaminiHochberg(p).Count(x => x <= alpha).ShouldBe(bh);
    }, iter: 1000);

    [Fact]
    public void They_are_never_less_than_p_nor_more_than_one_and_Holm_never_less_than_BH() => PValues.Sample(p =>
    {
        double[] holm = Adjusted.Holm(p), bh = Adjusted.BenjaminiHochberg(p);
        for (var i = 0; i < p.Length; i++)
            (p[i] <= bh[i] && bh[i] <= holm[i] + 1e-15 && holm[i] <= 1).ShouldBeTrue();
    }, iter: 500);
}
