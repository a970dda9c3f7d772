using Assay.Bench.Coverage;
using Assay.Statistics;

namespace Assay.Tests.Unit.Statistics;

/// <summary>The short form of bench/run --parts coverage: the same designs at 1 000 rows with 400 data sets each, so within 2.5 % of what is demanded of 10 000.</summary>
public sealed class Coverages
{
    const int Runs = 400;

    static readonly Design[] All = [.. RankDesigns.All([1000]).Concat(new MeanDesigns().All([1000])).Where(design => !design.Point.EndsWith("(outside)", StringComparison.Ordinal))];

    public static TheoryData<string, string> Designs => [.. All.Select(design => (design.Interval, design.Point))];

    [Theory, MemberData(nameof(Designs))]
    public void Every_interval_that_gates_holds_the_truth_about_as_often_as_it_says(string interval, string point)
    {
        var covered = All.Single(design => design.Interval == interval && design.Point == point).Run(Runs, 2);
        covered.Share.ShouldBeInRange(0.91, 0.985, $"{covered}");
    }

    [Fact]
    public void A_wrong_truth_is_not_held()
    {
        var design = All[0];
        (design with { Truth = design.Truth + 0.2 }).Run(Runs, 2).Share.ShouldBeLessThan(0.85);
    }

    [Theory]
    [InlineData(1000, 0.02)]
    [InlineData(1000, 0.1)]
    [InlineData(1000, 0.5)]
    [InlineData(10_000, 0.02)]
    [InlineData(10_000, 0.1)]
    [InlineData(10_000, 0.5)]
    public void Shares_are_held_exactly_as_often_as_demanded(int rows, double share)
    {
        ShareCoverage.Of(Proportions.Wilson, rows, share).ShouldBeInRange(0.935, 0.97);
        ShareCoverage.Of(Proportions.ClopperPearson, rows, share).ShouldBeInRange(0.95, 1);
    }
}
