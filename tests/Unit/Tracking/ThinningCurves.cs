using Assay.Server.Tracking;
using CsCheck;

namespace Assay.Tests.Unit.Tracking;

public sealed class ThinningCurves
{
    static readonly Gen<CurvePoint[]> Histories = Gen.Select(Gen.Long[-50, 50], Gen.Frequency((9, Gen.Double[-10, 10]), (1, Gen.Bool.Select(nan => nan ? double.NaN : double.PositiveInfinity))), (step, value) => new CurvePoint(step, value)).Array[1, 300];

    [Fact]
    public void Every_column_keeps_its_least_and_greatest_value_and_its_ends() => Histories.Sample(points =>
    {
        const int Columns = 7;
        var (first, last) = (points.Min(p => p.Step), points.Max(p => p.Step));
        var thinner = new CurveThinner(first, last, Columns);
        foreach (var point in points)
            thinner.Add(point);
        var curve = thinner.Finish("m");
        curve.Logged.ShouldBe(points.Length);
        curve.Odd.ShouldBe(points.Count(p => !double.IsFinite(p.Value)));
        curve.Points.Count.ShouldBeLessThanOrEqualTo(4 * Columns + (int)curve.Odd);
        curve.Points.Select(p => p.Step).ShouldBeInOrder();
        curve.Points.Except(points).ShouldBeEmpty();
        foreach (var column in points.Where(p => double.IsFinite(p.Value)).GroupBy(p => last == first ? 0 : Math.Min(Columns - 1, (long)((double)(p.Step - first) / (last - first) * Columns))))
        {
            var steps = column.Select(p => p.Step).ToHashSet();
            var kept = curve.Points.Where(p => double.IsFinite(p.Value) && steps.Contains(p.Step)).ToList();
            (kept.Min(p => p.Value), kept.Max(p => p.Value)).ShouldBe((column.Min(p => p.Value), column.Max(p => p.Value)));
            (kept.Min(p => p.Step), kept.Max(p => p.Step)).ShouldBe((steps.Min(), steps.Max()));
        }
    });
}
