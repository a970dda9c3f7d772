namespace Assay.Statistics.WeakSlices;

/// <summary>The weakest slices so far, in their order: no more than are asked for.</summary>
sealed class TopSlices(int most)
{
    readonly List<FoundSlice> slices = [];

    /// <summary>The slices, weakest first.</summary>
    public IReadOnlyList<FoundSlice> Slices => slices;

    /// <summary>A slice with a lower score than this is none of them. 0 while there is room.</summary>
    public double Threshold => slices.Count < most ? 0 : slices[^1].Score;

    /// <summary>Is it worth making a slice of this score?</summary>
    public bool Takes(double score) => score > 0 && score >= Threshold;

    /// <summary>Puts a slice into its place, if it has one.</summary>
    public void Add(FoundSlice slice)
    {
        var at = ~slices.BinarySearch(slice);
        if (at < 0 || at >= most)
            return;
        slices.Insert(at, slice);
        if (slices.Count > most)
            slices.RemoveAt(most);
    }

    /// <summary>Adds what another has.</summary>
    public void Merge(TopSlices others)
    {
        foreach (var slice in others.Slices)
            Add(slice);
    }
}
