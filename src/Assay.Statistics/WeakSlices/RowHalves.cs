namespace Assay.Statistics.WeakSlices;

/// <summary>
/// Which half a row belongs to, by a hash of what it holds (or of its entity, where one is declared): slices are found on one half and confirmed on the
/// other. The order of the rows does not matter, and equal rows stay together.
/// </summary>
public static class RowHalves
{
    /// <summary>Is a row with this hash one of the half that confirms? Any hash will do; its bits are mixed here.</summary>
    public static bool Confirms(ulong hash) => (SplitMix.Mix(hash) & 1) == 1;

    /// <summary>The same for many rows.</summary>
    public static bool[] Of(ReadOnlySpan<ulong> hashes)
    {
        var confirms = new bool[hashes.Length];
        for (var i = 0; i < confirms.Length; i++)
            confirms[i] = Confirms(hashes[i]);
        return confirms;
    }
}
