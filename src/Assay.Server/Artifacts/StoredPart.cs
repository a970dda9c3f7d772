using Assay.Contracts;

namespace Assay.Server.Artifacts;

/// <summary>A part of an upload as the store keeps it: its name among the upload's parts, its digest and size in bytes.</summary>
public sealed record StoredPart(string Name, Digest Digest, long Size);

/// <summary>A part is not there any more, or not as it came.</summary>
/// <param name="number">Its place, counted from 1.</param>
public sealed class PartDamagedException(int number) : Exception($"part {number} is missing or damaged")
{
    /// <summary>Its place, counted from 1.</summary>
    public int Number => number;
}
