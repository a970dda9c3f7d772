using System.Buffers.Binary;
using System.Globalization;
using Assay.Evaluation.Data;
using Assay.Evaluation.Measures.Tail;
using Assay.Evaluation.Suites;
using Assay.Statistics.WeakSlices;

namespace Assay.Evaluation.Measures;

/// <summary>
/// Keeps what the search for weak slices needs: the inputs and declared slice columns of each row, and its loss. At most <see cref="Most"/> rows: of more
/// data those are taken whose digest is least, which neither order nor format decides.
/// </summary>
internal sealed class WeakRows : IRowMeasure
{
    /// <summary>The most rows that are searched.</summary>
    public const int Most = 1_000_000;

    /// <summary>A text column with more different values than this tells rows apart and does not group them.</summary>
    const int MostTexts = 10_000;

    readonly DiscoverWish wish;
    readonly string? entity;
    readonly TailLoss loss;
    readonly ulong upTo;
    readonly List<Column> columns;
    readonly List<double> losses = [];
    readonly List<bool> confirms = [];

    public WeakRows(DiscoverWish wish, Plan plan, Frame frame, TailWish? tail, string? entity, long rows)
    {
        (this.wish, this.entity) = (wish, entity);
        loss = new(frame, tail?.Loss ?? TailLoss.Usual(frame.Task));
        upTo = rows <= Most ? ulong.MaxValue : (ulong)(ulong.MaxValue * (Most / (double)rows));
        columns = [.. plan.Inputs.Concat(plan.Partings.SelectMany(p => p.Columns)).Distinct().Select(c => new Column(c, plan.Numbers.Contains(c)))];
    }

    /// <summary>How many rows were kept.</summary>
    public int Rows => losses.Count;

    public void Take(ScoredBatch batch)
    {
        var kept = new List<int>();
        for (var r = 0; r < batch.Rows && losses.Count < Most; r++)
        {
            var hash = BinaryPrimitives.ReadUInt64BigEndian(batch.Digests.AsSpan(r * 32));
            if (hash > upTo)
                continue;
            kept.Add(r);
            var cost = loss.Of(loss.Key(batch, batch.Model, r));
            losses.Add(cost);
            // Rows of one entity stay in one half. Else another part of the digest than the one that chose the row, with the loss: inputs alone may be all alike.
            confirms.Add(RowHalves.Confirms(RowBuckets.EntityHash(batch.Data, entity, r)
                ?? BinaryPrimitives.ReadUInt64BigEndian(batch.Digests.AsSpan((r * 32) + 8)) ^ BitConverter.DoubleToUInt64Bits(cost)));
        }
        foreach (var column in columns)
            column.Take(batch.Data[column.Name], batch.FirstRow, kept);
    }

    /// <summary>The weak slices, the weakest first, each with the names of its bins.</summary>
    public async Task<IReadOnlyList<WeakResult>> Find(CancellationToken ct)
    {
        var rows = new BinnedRows([.. columns.Where(c => c.Groups).Select(c => c.Binned())], losses.ToArray());
        if (rows.Columns.Count == 0)
            return [];
        var found = await WeakSliceSearch.FindAndConfirm(rows, confirms.ToArray(), new SliceOptions { Predicates = wish.Predicates, Top = wish.Top, Threads = Environment.ProcessorCount }, ct);
        return [.. found.Select(weak => new WeakResult(new([.. weak.Found.Predicates.Select(p => (rows.Columns[p.Column].Name, Named(rows.Columns[p.Column].Bins[p.Bin])))]), weak))];
        static string? Named(string bin) => bin == NumberBins.Missing ? null : bin;
    }

    /// <summary>One column as it comes: numbers, or texts by their number.</summary>
    sealed class Column(string name, bool isNumber)
    {
        readonly List<double> numbers = [];
        readonly List<int> texts = [];
        readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        bool? asNumber = isNumber ? true : null;

        public string Name => name;

        public bool Groups => asNumber == true || known.Count <= MostTexts;

        public void Take(DataVector vector, long firstRow, IReadOnlyList<int> rows)
        {
            asNumber ??= vector.Numbers is not null;
            if (asNumber == true)
            {
                var all = DataNumbers.Of(vector, firstRow);
                numbers.AddRange(rows.Select(r => all[r]));
                return;
            }
            foreach (var r in rows)
                texts.Add(Known(vector.Texts is { } of ? of[r] : vector.IsMissing(r) ? null : vector.Numbers![r].ToString("R", CultureInfo.InvariantCulture)));
        }

        public BinnedColumn Binned()
        {
            if (asNumber == true)
            {
                var bins = NumberBins.Deciles(numbers);
                return new(name, bins.Labels, numbers.Select(bins.Of).ToArray());
            }
            var counts = new long[known.Count];
            foreach (var text in texts)
                if (text >= 0)
                    counts[text]++;
            var named = new TextBins(known.Select(k => KeyValuePair.Create(k.Key, counts[k.Value])));
            var code = new byte[known.Count];
            foreach (var (text, number) in known)
                code[number] = named.Of(text);
            return new(name, named.Labels, texts.Select(t => t < 0 ? named.Of(null) : code[t]).ToArray());
        }

        int Known(string? text)
        {
            if (string.IsNullOrEmpty(text))
                return -1;
            if (known.TryGetValue(text, out var number))
                return number;
            // Beyond the limit the column is left out, so what is noted of it no longer matters.
            return known.Count > MostTexts ? -1 : known[text] = known.Count;
        }
    }
}

/// <summary>A weak slice with what makes it.</summary>
internal sealed record WeakResult(Slices.SliceKey Key, WeakSlice Slice);
