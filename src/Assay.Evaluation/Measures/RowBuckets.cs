using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assay.Evaluation.Data;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>
/// The bootstrap bucket of each row: by its entity where one is declared, because rows of one entity are not independent, else by its content. So buckets
/// depend neither on the order of the rows nor on the file's format.
/// </summary>
internal sealed class RowBuckets(BucketWeights weights, string? entity)
{
    public ushort[] Of(DataBatch batch, ReadOnlySpan<byte> digests)
    {
        var of = new ushort[batch.Rows];
        var entities = entity is null ? null : batch[entity];
        for (var r = 0; r < of.Length; r++)
            of[r] = (ushort)weights.BucketOf(entities is null || entities.IsMissing(r) ? BinaryPrimitives.ReadUInt64BigEndian(digests[(r * 32)..]) : Hash(entities, r));
        return of;
    }

    static ulong Hash(DataVector entities, int row) => entities.Texts is { } texts
        ? XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Labels.Plain(texts[row]!).AsSpan()))
        : XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Labels.Plain(entities.Numbers![row].ToString("R", System.Globalization.CultureInfo.InvariantCulture)).AsSpan()));
}
