using System.Runtime.InteropServices;

namespace Assay.Evaluation.Measures;

/// <summary>What is done with one row in the order of its key; equal keys come in no particular order.</summary>
internal delegate void SortedRow(double key, ReadOnlySpan<ushort> facts);

/// <summary>
/// Rows in the order of a number, each with a few small facts, in memory of fixed size: full buffers are sorted and go to a file that has no name, and all
/// of them are merged in the end. The files are gone with the process, however it ends.
/// </summary>
internal sealed class RowSorter(int facts) : IDisposable
{
    const int InMemory = 1 << 20;
    readonly List<FileStream> runs = [];
    double[] keys = new double[1024];
    ushort[] rows = new ushort[1024 * facts];
    int count;

    /// <summary>Adds a row. The key must be finite.</summary>
    public void Add(double key, ReadOnlySpan<ushort> row)
    {
        if (count == keys.Length)
        {
            if (count == InMemory)
                Spill();
            else
                Grow();
        }
        keys[count] = key;
        row.CopyTo(rows.AsSpan(count * facts));
        count++;
    }

    /// <summary>All rows, from the least key to the greatest.</summary>
    public void Ascending(SortedRow take)
    {
        var order = Sorted();
        if (runs.Count == 0)
        {
            for (var i = 0; i < count; i++)
                take(keys[i], rows.AsSpan(order[i] * facts, facts));
            return;
        }
        Spill(order);
        Merge(take);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var run in runs)
            run.Dispose();
    }

    void Grow()
    {
        var size = Math.Min(InMemory, keys.Length * 4);
        Array.Resize(ref keys, size);
        Array.Resize(ref rows, size * facts);
    }

    int[] Sorted()
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        Array.Sort(keys, order, 0, count);
        return order;
    }

    void Spill() => Spill(Sorted());

    void Spill(int[] order)
    {
        var run = new FileStream(Path.Combine(Path.GetTempPath(), $"assay-rows-{Guid.NewGuid():n}"),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 1 << 18, Options = FileOptions.DeleteOnClose, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        runs.Add(run);
        Span<byte> record = stackalloc byte[sizeof(double) + (facts * sizeof(ushort))];
        for (var i = 0; i < count; i++)
        {
            MemoryMarshal.Write(record, keys[i]);
            MemoryMarshal.AsBytes(rows.AsSpan(order[i] * facts, facts)).CopyTo(record[sizeof(double)..]);
            run.Write(record);
        }
        count = 0;
    }

    void Merge(SortedRow take)
    {
        var record = sizeof(double) + (facts * sizeof(ushort));
        var next = new PriorityQueue<(FileStream Run, byte[] Record), double>();
        foreach (var run in runs)
        {
            run.Position = 0;
            var first = new byte[record];
            if (Read(run, first))
                next.Enqueue((run, first), MemoryMarshal.Read<double>(first));
        }
        while (next.TryPeek(out var least, out var key))
        {
            take(key, MemoryMarshal.Cast<byte, ushort>(least.Record.AsSpan(sizeof(double))));
            if (Read(least.Run, least.Record))
                next.DequeueEnqueue(least, MemoryMarshal.Read<double>(least.Record));
            else
                next.Dequeue();
        }
    }

    static bool Read(FileStream run, byte[] record) => run.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length;
}
