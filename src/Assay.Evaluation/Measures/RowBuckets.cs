using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Assay.Evaluation.Data;
using Assay.Statistics;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>
/// The bootstrap bucket of each row: by its entity where one is declared, because rows of one entity are not independent, else by its number. Not by its
/// content: where few values occur, rows that are alike would be drawn together as if they were one.
/// </summary>
internal sealed class RowBuckets(BucketWeights weights, string? entity)
{
    public ushort[] Of(DataBatch batch)
    {
        var of = new ushort[batch.Rows];
        for (var r = 0; r < of.Length; r++)
            of[r] = (ushort)weights.BucketOf(EntityHash(batch, entity, r) ?? SplitMix.Mix((ulong)(batch.FirstRow + r)));
        return of;
    }

    /// <summary>A hash of a row's entity; null where none is declared, or the row has none.</summary>
    public static ulong? EntityHash(DataBatch batch, string? entity, int row)
    {
        if (entity is null || batch[entity] is var entities && entities.IsMissing(row))
            return null;
        var spelled = Labels.Plain(entities.Texts?[row] ?? entities.Numbers![row].ToString("R", CultureInfo.InvariantCulture));
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(spelled.AsSpan()));
    }
}
