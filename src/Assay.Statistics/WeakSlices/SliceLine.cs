namespace Assay.Statistics.WeakSlices;

/// <summary>
/// Finds the slices of up to three predicates with the highest <see cref="SliceScore"/>, exactly: level by level, where a slice is taken further only if its
/// bound reaches the weakest so far. All slices of the same columns are counted in one pass over the rows, which costs less than a set of rows for each.
/// Beyond its input it takes a few megabytes for each thread, and for each pair of columns at most 250 cells of 16 bytes and as many slices as are listed.
/// </summary>
sealed class SliceLine(BinnedRows rows, SliceOptions options, CancellationToken ct)
{
    readonly int least = options.Least(rows.Count);
    readonly TopSlices top = new(options.Top);
    readonly SingleBins[] singles = new SingleBins[rows.Columns.Count];
    SliceScore score;

    /// <summary>The weakest slices, weakest first. None where no row has a loss.</summary>
    public async Task<IReadOnlyList<FoundSlice>> Find()
    {
        var loss = 0.0;
        foreach (var each in rows.Losses.Span)
            loss += each;
        if (rows.Count < least || loss == 0)
            return [];
        score = new(rows.Count, loss, options.Alpha);
        await Each(singles.Length, c => singles[c] = new(rows.Columns[c], rows.Losses.Span));
        One();
        var pairs = options.Predicates > 1 ? await Two() : [];
        if (options.Predicates > 2)
            await Three(pairs);
        return top.Slices;
    }

    void One()
    {
        for (var c = 0; c < singles.Length; c++)
            for (var bin = 0; bin < singles[c].Rows.Length; bin++)
                if (singles[c].Rows[bin] >= least && score.Of(singles[c].Rows[bin], singles[c].Loss[bin]) is var value && top.Takes(value))
                    top.Add(new([new(c, bin)], singles[c].Rows[bin], singles[c].Loss[bin], value));
        var threshold = top.Threshold;
        foreach (var single in singles)
            for (var bin = 0; bin < single.Rows.Length; bin++)
                single.Alive[bin] = Reaches(score.Bound(single.Rows[bin], single.Loss[bin], single.Greatest[bin], least), threshold);
    }

    async Task<PairCells[]> Two()
    {
        var alive = Enumerable.Range(0, singles.Length).Where(c => singles[c].Alive.Contains(true)).ToList();
        var pairs = alive.SelectMany(a => alive.Where(b => b > a).Select(b => new PairCells(a, b, [], new(options.Top)))).ToArray();
        var threshold = top.Threshold;
        await Each(pairs.Length, i => Count(pairs[i], threshold));
        foreach (var pair in pairs)
            top.Merge(pair.Top);
        foreach (var pair in pairs)
            pair.Cells.RemoveAll(cell => !Reaches(cell.Bound, top.Threshold));
        return [.. pairs.Where(pair => pair.Cells.Count > 0)];
    }

    void Count(PairCells pair, double threshold)
    {
        SingleBins left = singles[pair.Left], right = singles[pair.Right];
        var sums = new CellSums(left.Rows.Length, right.Rows.Length);
        sums.Add(rows.Columns[pair.Left].Codes.Span, rows.Columns[pair.Right].Codes.Span, rows.Losses.Span);
        for (var i = 0; i < left.Rows.Length; i++)
            for (var j = 0; j < right.Rows.Length; j++)
            {
                var (count, loss) = (sums.Rows(i, j), sums.Loss(i, j));
                if (!left.Alive[i] || !right.Alive[j] || count < least)
                    continue;
                if (score.Of(count, loss) is var value && value >= threshold && pair.Top.Takes(value))
                    pair.Top.Add(new([new(pair.Left, i), new(pair.Right, j)], count, loss, value));
                var bound = score.Bound(count, loss, Math.Min(left.Greatest[i], right.Greatest[j]), least);
                if (Reaches(bound, threshold))
                    pair.Cells.Add(new((byte)i, (byte)j, bound));
            }
    }

    async Task Three(PairCells[] pairs)
    {
        // A slice of three columns lies inside one of each of its three pairs: without one of them there is none.
        var known = pairs.Select(pair => (pair.Left, pair.Right)).ToHashSet();
        var thirds = pairs.ToLookup(pair => pair.Left, pair => pair.Right);
        var threshold = top.Threshold;
        var tops = new TopSlices[pairs.Length];
        await Each(pairs.Length, i =>
        {
            var third = thirds[pairs[i].Right].Where(c => known.Contains((pairs[i].Left, c))).ToArray();
            tops[i] = new TripleSums(rows, pairs[i], ct).Best(third, score, least, threshold, options.Top);
        });
        foreach (var found in tops)
            top.Merge(found);
    }

    static bool Reaches(double bound, double threshold) => bound > 0 && bound >= threshold;

    Task Each(int count, Action<int> work) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = ct }, (i, _) =>
        {
            work(i);
            return ValueTask.CompletedTask;
        });
}
