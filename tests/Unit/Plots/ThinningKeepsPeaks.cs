using Assay.Plots;

using CsCheck;

namespace Assay.Tests.Unit.Plots;

public sealed class ThinningKeepsPeaks
{
    static readonly Gen<Point[]> Lines =
        Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-1e9, 1e9], (x, y) => new Point(Math.Round(x, 1), y)).Array[1, 4000]
            .Select(points => points.OrderBy(point => point.X).ToArray());

    [Fact]
    public void No_peak_is_lost() => Gen.Select(Lines, Gen.Int[1, 1200]).Sample((points, columns) =>
    {
        var kept = Thinning.Columns(points, columns);
        kept.Max(point => point.Y).ShouldBe(points.Max(point => point.Y));
        kept.Min(point => point.Y).ShouldBe(points.Min(point => point.Y));
        kept[0].ShouldBe(points[0]);
        kept[^1].ShouldBe(points[^1]);
    }, iter: 300);

    [Fact]
    public void Every_column_keeps_its_own_lowest_and_highest() => Gen.Select(Lines, Gen.Int[1, 300]).Sample((points, columns) =>
    {
        var kept = Thinning.Columns(points, columns);
        var width = points[^1].X - points[0].X;
        int Column(Point point) => Thinning.ColumnOf(point.X, points[0].X, width, columns);
        var left = kept.ToLookup(Column);
        foreach (var column in points.GroupBy(Column))
        {
            left[column.Key].Max(point => point.Y).ShouldBe(column.Max(point => point.Y));
            left[column.Key].Min(point => point.Y).ShouldBe(column.Min(point => point.Y));
        }
    }, iter: 100);

    [Fact]
    public void At_most_four_points_a_column_stay_and_none_is_invented() => Gen.Select(Lines, Gen.Int[1, 300]).Sample((points, columns) =>
    {
        var kept = Thinning.Columns(points, columns);
        kept.Count.ShouldBeLessThanOrEqualTo(Math.Max(columns, 4 * columns));
        kept.ShouldBeSubsetOf(points);
        kept.Zip(kept.Skip(1)).ShouldAllBe(pair => pair.First.X <= pair.Second.X);
    }, iter: 100);

    [Fact]
    public void A_hundred_thousand_points_become_a_picture_of_bounded_size()
    {
        var noisy = Enumerable.Range(0, 118_204).Select(step => new Point(step, Math.Sin(step * 12.9898) * 43758.5453 % 1)).ToArray();
        var chart = new LineChart("c", "grad_norm", [new("grad_norm", noisy)]) { Columns = 1000 };
        chart.Draw().Length.ShouldBeLessThan(60_000);
        ChartWords.Caption(chart).ShouldBe("118\u202f204 points, drawn as lowest and highest of each column.");
    }
}
