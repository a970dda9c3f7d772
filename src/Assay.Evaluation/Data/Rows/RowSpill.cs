using System.Runtime.InteropServices;

namespace Assay.Evaluation.Data.Rows;

/// <summary>
/// Hashes that did not fit into memory: a file for each first byte, in a folder that is deleted afterwards. Equal ones are counted, so that a set
/// of few different rows, which would all go to few files, needs no more memory than another.
/// </summary>
internal sealed class RowSpill : IDisposable
{
    const int Parts = 256;
    readonly string folder = Directory.CreateTempSubdirectory("assay-rows-").FullName;

    /// <summary>Appends hashes, which are put in order for it.</summary>
    public void Append(Span<RowHash> hashes)
    {
        hashes.Sort();
        List<Run> runs = [];
        foreach (var hash in hashes)
        {
            if (runs.Count > 0 && Part(runs[^1].Hash) != Part(hash))
                Write(runs, FileMode.Append);
            Take(runs, new(hash, 1));
        }
        Write(runs, FileMode.Append);
    }

    /// <summary>Puts each file in order.</summary>
    public void Sort()
    {
        List<Run> merged = [];
        for (var part = 0; part < Parts; part++)
        {
            foreach (var run in Load(part).OrderBy(run => run.Hash))
                Take(merged, run);
            Write(merged, FileMode.Create);
        }
    }

    /// <summary>All of them, each as often as it was added; in memory are those of one file, about a 256th of the different ones.</summary>
    public IEnumerable<RowHash> All() => Enumerable.Range(0, Parts).SelectMany(Load).SelectMany(run => Repeated(run));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static IEnumerable<RowHash> Repeated(Run run)
    {
        for (var i = 0L; i < run.Count; i++)
            yield return run.Hash;
    }

    static void Take(List<Run> runs, Run run)
    {
        if (runs.Count > 0 && runs[^1].Hash == run.Hash)
            runs[^1] = run with { Count = runs[^1].Count + run.Count };
        else
            runs.Add(run);
    }

    void Write(List<Run> runs, FileMode mode)
    {
        if (runs.Count == 0)
            return;
        using var file = new FileStream(Name(Part(runs[0].Hash)), mode);
        file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(runs)));
        runs.Clear();
    }

    Run[] Load(int part)
    {
        if (!File.Exists(Name(part)))
            return [];
        using var file = File.OpenRead(Name(part));
        var runs = new Run[file.Length / Marshal.SizeOf<Run>()];
        file.ReadExactly(MemoryMarshal.AsBytes(runs.AsSpan()));
        return runs;
    }

    static int Part(RowHash hash) => (int)(hash.First >> 56);

    string Name(int part) => Path.Combine(folder, part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A hash and how often it was added.</summary>
    readonly record struct Run(RowHash Hash, long Count);
}
