namespace Assay.Statistics;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): a small generator that is the same on every machine and in every version,
/// which <see cref="Random"/> does not promise. Not for secrets.
/// </summary>
public struct SplitMix(ulong seed)
{
    const ulong Gamma = 0x9E3779B97F4A7C15;
    ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next() => Mix(state += Gamma);

    /// <summary>The next number, uniform in [0, 1), of 53 bits.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One number well mixed: the hash that puts keys into buckets.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
