using Assay.Statistics;
using Assay.Statistics.WeakSlices;
using CsCheck;

namespace Assay.Tests.Unit.Statistics.WeakSlices;

/// <summary>The search gives what looking at every conjunction gives.</summary>
public sealed class Searching
{
    static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(400, 80, 1.65)]
    [InlineData(50, 12, -6.34)]
    [InlineData(5000, 260, -0.012)]
    public void The_score_has_its_worked_values(int rows, double loss, double score) =>
        new SliceScore(10_000, 500, 0.95).Of(rows, loss).ShouldBe(score, 1e-12);

    [Fact]
    public void A_slice_of_three_percent_counts_at_the_default_weight_and_not_at_the_papers()
    {
        new SliceScore(10_000, 10_000, 0.99).Of(300, 600).ShouldBeGreaterThan(0);
        new SliceScore(10_000, 10_000, 0.95).Of(300, 600).ShouldBeLessThan(0);
    }

    [Fact]
    public async Task It_agrees_with_looking_at_every_conjunction()
    {
        await Made.SampleAsync(async made =>
        {
            var found = await WeakSliceSearch.Find(made.Rows, made.Options, None);
            found.ShouldBe(EverySlice(made.Rows, made.Options).Take(made.Options.Top));
        }, iter: 1_500);
    }

    [Fact]
    public void No_slice_scores_above_the_bound_of_what_it_lies_in() =>
        Gen.Select(Gen.Int[1, 400], Gen.Double[0.1, 50], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 20], Gen.Double[0.3, 1]).Sample((rows, greatest, fill, part, least, alpha) =>
        {
            var score = new SliceScore(500, 300, alpha);
            var loss = rows * greatest * fill;
            var inside = Math.Max(least, (int)(rows * part));
            if (inside <= rows)
                score.Of(inside, Math.Min(loss, inside * greatest)).ShouldBeLessThanOrEqualTo(score.Bound(rows, loss, greatest, least));
        }, iter: 5_000);

    [Fact]
    public async Task It_is_the_same_to_the_bit_however_many_threads_search()
    {
        var rows = MadeRows.Planted(30_000, 6, 3, 2);
        var one = await WeakSliceSearch.Find(rows, new() { Threads = 1, Top = 50 }, None);
        foreach (var threads in new[] { 2, 3, 8 })
            (await WeakSliceSearch.Find(rows, new() { Threads = threads, Top = 50 }, None)).ShouldBe(one);
        one.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Rows_without_loss_too_few_rows_and_no_columns_have_no_weak_slices()
    {
        (await WeakSliceSearch.Find(MadeRows.Of([new byte[100]], [1], new double[100]), new(), None)).ShouldBeEmpty();
        (await WeakSliceSearch.Find(MadeRows.Of([new byte[10]], [1], [.. Enumerable.Repeat(1.0, 10)]), new(), None)).ShouldBeEmpty();
        (await WeakSliceSearch.Find(MadeRows.Of([], [], [1, 2]), new(), None)).ShouldBeEmpty();
        (await WeakSliceSearch.Find(MadeRows.Of([[]], [1], []), new(), None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_can_be_cancelled() =>
        await Should.ThrowAsync<OperationCanceledException>(() => WeakSliceSearch.Find(MadeRows.Planted(1000, 5, 1, 3), new(), new CancellationToken(true)));

    [Fact]
    public void Losses_below_zero_or_not_finite_and_codes_without_a_bin_are_refused()
    {
        foreach (var loss in new[] { -1, double.NaN, double.PositiveInfinity })
            Should.Throw<ArgumentOutOfRangeException>(() => MadeRows.Of([[0]], [1], [loss]));
        Should.Throw<ArgumentException>(() => MadeRows.Of([[2]], [2], [1]));
        Should.Throw<ArgumentException>(() => MadeRows.Of([[1, 0]], [2], [1]));
    }

    static readonly Gen<(BinnedRows Rows, SliceOptions Options)> Made =
        from rows in Gen.Int[1, 250]
        from columns in Gen.Int[1, 5]
        from seed in Gen.ULong
        from whole in Gen.Bool
        from alpha in Gen.OneOf(0.5, 0.9, 0.95, 0.99, 1)
        from top in Gen.OneOf(1, 3, 10, 200)
        from predicates in Gen.Int[1, 3]
        from least in Gen.Int[1, 20]
        select (Random(rows, columns, seed, whole), new SliceOptions { Alpha = alpha, Top = top, Predicates = predicates, LeastRows = least, LeastShare = 0.01 });

    static BinnedRows Random(int rows, int columns, ulong seed, bool whole)
    {
        var random = new SplitMix(seed);
        var bins = Enumerable.Range(0, columns).Select(_ => 1 + (int)(random.Next() % 5)).ToArray();
        // A column now and then repeats the one before it, so that slices of the same rows tie; whole losses make more ties.
        var codes = new byte[columns][];
        for (var c = 0; c < columns; c++)
            codes[c] = c > 0 && bins[c] == bins[c - 1] ? codes[c - 1] : [.. Enumerable.Range(0, rows).Select(_ => (byte)(random.NextUnit() * random.NextUnit() * bins[c]))];
        return MadeRows.Of(codes, bins, [.. Enumerable.Range(0, rows).Select(_ => whole ? (double)(random.Next() % 3) : random.NextUnit() * random.NextUnit())]);
    }

    /// <summary>Every conjunction of up to so many predicates, each counted row by row.</summary>
    static IEnumerable<FoundSlice> EverySlice(BinnedRows rows, SliceOptions options)
    {
        var (least, loss) = (options.Least(rows.Count), 0.0);
        foreach (var each in rows.Losses.Span)
            loss += each;
        return Conjunctions([], 0).Select(Count).Where(slice => slice is { Score: > 0 }).Select(slice => slice!).Order();

        IEnumerable<SlicePredicate[]> Conjunctions(SlicePredicate[] begun, int next) => begun.Length == options.Predicates ? []
            : from c in Enumerable.Range(next, rows.Columns.Count - next)
              from bin in Enumerable.Range(0, rows.Columns[c].Bins.Count)
              let longer = (SlicePredicate[])[.. begun, new SlicePredicate(c, bin)]
              from conjunction in Conjunctions(longer, c + 1).Prepend(longer)
              select conjunction;

        FoundSlice? Count(SlicePredicate[] predicates)
        {
            var (count, sum) = (0, 0.0);
            for (var i = 0; i < rows.Count; i++)
                if (predicates.All(p => rows.Columns[p.Column].Codes.Span[i] == p.Bin))
                    (count, sum) = (count + 1, sum + rows.Losses.Span[i]);
            return count < least || loss == 0 ? null : new FoundSlice(predicates, count, sum, new SliceScore(rows.Count, loss, options.Alpha).Of(count, sum));
        }
    }
}
