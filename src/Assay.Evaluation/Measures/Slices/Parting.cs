using System.Collections.Concurrent;
using Assay.Evaluation.Data;

namespace Assay.Evaluation.Measures.Slices;

/// <summary>One way to part the rows. Safe to call from several threads; slices are numbered as they are met, which shows nowhere.</summary>
internal abstract class Parting
{
    /// <summary>More slices than this are a mistake, such as an id taken for a category.</summary>
    public const int Most = 10_000;

    readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<int, SliceKey> keys = new();

    /// <summary>The columns that it reads.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>How people call it.</summary>
    public abstract string Title { get; }

    /// <summary>What makes the slice of this number.</summary>
    public SliceKey this[int number] => keys[number];

    /// <summary>The slices that are known without a row: bins and conditions are listed even when no row falls into them.</summary>
    public virtual void Declare()
    {
    }

    /// <summary>How many slices were met so far.</summary>
    public int Count => numbers.Count;

    /// <summary>The slice of each row by its number, or −1. Throws <see cref="DataException"/> that says what is wrong with a row, or that there are too many.</summary>
    public abstract int[] Of(DataBatch batch);

    /// <summary>The number of the slice with this spelling.</summary>
    protected int Number(string spelling, Func<SliceKey> key)
    {
        if (numbers.TryGetValue(spelling, out var known))
            return known;
        lock (numbers)
        {
            if (numbers.TryGetValue(spelling, out known))
                return known;
            if (numbers.Count >= Most)
                throw new DataException($"parting the rows by {Title} gives more than {Most} slices; slice by a column with fewer values, or by bins of it: {{bins: COLUMN, edges: […]}}.");
            var number = numbers.Count;
            keys[number] = key();
            numbers[spelling] = number;
            return number;
        }
    }
}
