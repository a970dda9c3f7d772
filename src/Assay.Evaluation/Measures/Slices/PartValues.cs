using System.Collections.Concurrent;
using System.Globalization;
using Assay.Evaluation.Data;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures.Slices;

/// <summary>The values of one column by small numbers: 0 is a missing one. Safe to call from several threads.</summary>
internal abstract class PartValues(string column)
{
    public string Column => column;

    /// <summary>How many values are known before a row is read: those from 1 on.</summary>
    public virtual int Declared => 0;

    /// <summary>The number of each row's value.</summary>
    public abstract int[] Codes(DataBatch batch);

    /// <summary>The value of a number, as slices spell it; null for a missing one.</summary>
    public abstract string? Spelled(int code);

    public static PartValues Of(SliceWish wish) => wish switch
    {
        ColumnSlices column => new Each(column.Column),
        BinSlices bins => new Binned(bins.Column, [.. bins.Edges]),
        _ => throw new ArgumentException($"{wish} has no values of its own.", nameof(wish)),
    };

    /// <summary>Every value for itself. 1, 1.0 and true of different files are one.</summary>
    sealed class Each(string column) : PartValues(column)
    {
        readonly ConcurrentDictionary<string, int> codes = new(StringComparer.Ordinal);
        readonly ConcurrentDictionary<int, string> values = new();

        public override string? Spelled(int code) => code == 0 ? null : values[code];

        public override int[] Codes(DataBatch batch)
        {
            var vector = batch[Column];
            var of = new int[batch.Rows];
            if (vector.Texts is { } texts)
            {
                var met = new Dictionary<string, int>(StringComparer.Ordinal);
                for (var r = 0; r < of.Length; r++)
                    if (texts[r] is { Length: > 0 } text && !met.TryGetValue(text, out of[r]))
                        met[text] = of[r] = Code(Labels.Plain(text));
                return of;
            }
            var numbers = new Dictionary<double, int>();
            for (var r = 0; r < of.Length; r++)
                if (vector.Numbers![r] is var number && !double.IsNaN(number) && !numbers.TryGetValue(number, out of[r]))
                    numbers[number] = of[r] = Code(Labels.Plain(number.ToString("R", CultureInfo.InvariantCulture)));
            return of;
        }

        int Code(string value)
        {
            lock (codes)
            {
                if (codes.TryGetValue(value, out var code))
                    return code;
                if (codes.Count >= Parting.Most)
                    throw new DataException($"the column {Column} has more than {Parting.Most} values to slice by; slice by a column with fewer, or by bins of it: {{bins: {Column}, edges: […]}}.");
                values[codes.Count + 1] = value;
                return codes[value] = codes.Count + 1;
            }
        }
    }

    /// <summary>Half-open bins, [a, b), and the two outer ones.</summary>
    sealed class Binned(string column, double[] edges) : PartValues(column)
    {
        public override int Declared => edges.Length + 1;

        public override string? Spelled(int code) => code == 0 ? null
            : code == 1 ? $"< {Edge(0)}" : code == Declared ? $">= {Edge(edges.Length - 1)}" : $"[{Edge(code - 2)}, {Edge(code - 1)})";

        public override int[] Codes(DataBatch batch)
        {
            var numbers = DataNumbers.Of(batch[Column], batch.FirstRow);
            var of = new int[numbers.Length];
            for (var r = 0; r < of.Length; r++)
            {
                if (double.IsNaN(numbers[r]))
                    continue;
                var code = 1;
                while (code <= edges.Length && numbers[r] >= edges[code - 1])
                    code++;
                of[r] = code;
            }
            return of;
        }

        string Edge(int i) => edges[i].ToString("R", CultureInfo.InvariantCulture);
    }
}
