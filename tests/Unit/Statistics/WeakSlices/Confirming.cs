using Assay.Statistics.WeakSlices;

namespace Assay.Tests.Unit.Statistics.WeakSlices;

/// <summary>What one half shows and the other confirms.</summary>
public sealed class Confirming
{
    static readonly SliceOptions Defaults = new();

    static Task<IReadOnlyList<WeakSlice>> Run(BinnedRows rows, ulong seed = 0) =>
        WeakSliceSearch.FindAndConfirm(rows, MadeRows.Halves(rows.Count, seed), Defaults, CancellationToken.None);

    [Fact]
    public async Task A_planted_slice_of_three_percent_is_found_first_and_confirmed()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var first = (await Run(MadeRows.Planted(20_000, 8, seed, 4)))[0];
            first.Found.Predicates.ShouldBe([new(0, 0), new(1, 0), new(2, 0)], $"seed {seed}");
            first.Confirmed.ShouldBeTrue();
            first.MeanLoss.ShouldBe(4, 0.8);
            first.RestMeanLoss.ShouldBe(1, 0.1);
            first.Effect.ShouldBeInRange(0.7, 1.5); // √2·3/√(16 + 1) is 1.03
        }
    }

    [Theory]
    [InlineData(2_000, 300)]
    [InlineData(6_000, 150)]
    public async Task Without_a_weak_slice_at_most_one_search_in_ten_confirms_any(int rows, int runs)
    {
        var confirmed = 0;
        for (var seed = 1UL; seed <= (ulong)runs; seed++)
            confirmed += (await Run(MadeRows.Planted(rows, 6, seed + 1000, 1), seed)).Any(slice => slice.Confirmed) ? 1 : 0;
        (confirmed / (double)runs).ShouldBeLessThanOrEqualTo(0.1);
    }

    [Fact]
    public async Task The_test_is_Welchs_and_the_effect_is_that_of_the_formula()
    {
        // Inside 1..40, outside 14 and 20 in turn: means 20.5 and 17, variances 410/3 and 540/59.
        double[] losses = [.. Enumerable.Range(1, 40).Select(i => (double)i), .. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? 14.0 : 20.0)];
        byte[] codes = [.. Enumerable.Repeat((byte)1, 40), .. Enumerable.Repeat((byte)0, 60)];
        var rows = MadeRows.Of([codes], [2], losses);
        var slice = (await WeakSliceSearch.FindAndConfirm(rows, rows, Defaults, CancellationToken.None)).ShouldHaveSingleItem();
        (slice.Rows, slice.MeanLoss, slice.RestMeanLoss).ShouldBe((40, 20.5, 17.0));
        slice.Effect.ShouldBe(Math.Sqrt(2) * 3.5 / Math.Sqrt((410 / 3.0) + (540 / 59.0)), 1e-12);
        slice.P.ShouldBe(0.03544580490904, 1e-12); // t = 1.8526016744 with 42.504165907 degrees of freedom; the tail integrated by Simpson's rule
        slice.AdjustedP.ShouldBe(slice.P);
    }

    [Fact]
    public async Task Adjusted_p_follows_Benjamini_and_Hochberg()
    {
        var slices = await Run(MadeRows.Planted(20_000, 6, 4, 1.5));
        slices.Count.ShouldBeGreaterThan(3);
        var p = slices.Select(slice => slice.P).Order().ToList();
        foreach (var slice in slices)
        {
            slice.AdjustedP.ShouldBe(p.Where(other => other >= slice.P).Min(other => Math.Min(1, other * p.Count / (p.LastIndexOf(other) + 1))), 1e-12);
            slice.Confirmed.ShouldBe(slice.AdjustedP <= 0.05);
        }
    }

    [Fact]
    public async Task What_has_too_few_rows_in_the_other_half_is_not_confirmed()
    {
        double[] losses = [.. Enumerable.Repeat(9.0, 40), .. Enumerable.Repeat(1.0, 60)];
        byte[] codes = [.. Enumerable.Repeat((byte)1, 40), .. Enumerable.Repeat((byte)0, 60)];
        var first = MadeRows.Of([codes], [2], losses);
        var second = MadeRows.Of([codes[30..]], [2], losses[30..]);
        var slice = (await WeakSliceSearch.FindAndConfirm(first, second, Defaults, CancellationToken.None)).ShouldHaveSingleItem();
        (slice.Rows, slice.P, slice.Confirmed).ShouldBe((10, 1, false));
    }

    [Fact]
    public void Halves_follow_the_hash_alone_and_are_about_equal()
    {
        var halves = MadeRows.Halves(100_000);
        halves.Count(second => second).ShouldBeInRange(49_000, 51_000);
        RowHalves.Of([7, 8, 7])[0].ShouldBe(RowHalves.Confirms(7));
    }
}
