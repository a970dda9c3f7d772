namespace Assay.Evaluation.Measures;

/// <summary>
/// The sums of one part of the rows, by bootstrap bucket. Few rows are kept as they are; many are added up in a table of fixed size, so that memory
/// does not grow with the rows.
/// </summary>
internal sealed class BucketSums(int buckets, int terms, int classes)
{
    const int Few = 128;
    List<(ushort Bucket, double[] Terms)>? few = [];
    double[] many = [];

    /// <summary>How many rows there are, whatever they weigh.</summary>
    public long Rows { get; private set; }

    /// <summary>How many rows there are of each class.</summary>
    public long[] OfClass { get; } = new long[classes];

    /// <summary>Adds a row.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="row">What it adds, term after term.</param>
    /// <param name="truth">Its class; ignored for numbers.</param>
    public void Add(ushort bucket, ReadOnlySpan<double> row, int truth)
    {
        Rows++;
        if (classes > 0)
            OfClass[truth]++;
        if (few is not null)
        {
            few.Add((bucket, row.ToArray()));
            if (few.Count > Few)
                Spread();
            return;
        }
        Into(many, bucket, row);
    }

    /// <summary>The sums by term, and in each by bucket.</summary>
    public double[][] ByTerm()
    {
        var turned = new double[terms][];
        for (var t = 0; t < terms; t++)
            turned[t] = new double[buckets];
        foreach (var (bucket, row) in Each())
            for (var t = 0; t < terms; t++)
                turned[t][bucket] += row.Span[t];
        return turned;
    }

    IEnumerable<(int Bucket, ReadOnlyMemory<double> Row)> Each() => few is not null
        ? few.Select(f => ((int)f.Bucket, (ReadOnlyMemory<double>)f.Terms))
        : Enumerable.Range(0, buckets).Select(b => (b, (ReadOnlyMemory<double>)many.AsMemory(b * terms, terms)));

    void Spread()
    {
        many = new double[buckets * terms];
        foreach (var (bucket, row) in few!)
            Into(many, bucket, row);
        few = null;
    }

    void Into(double[] table, int bucket, ReadOnlySpan<double> row)
    {
        var to = table.AsSpan(bucket * terms, terms);
        for (var t = 0; t < to.Length; t++)
            to[t] += row[t];
    }
}
