using System.Collections.Concurrent;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;

namespace Assay.Evaluation.Measures;

/// <summary>The digests of canonical rows. Safe to call from several threads: each hasher serves one at a time.</summary>
internal sealed class CanonicalRows(Plan plan)
{
    readonly ConcurrentBag<RowHasher> idle = [];

    /// <summary>The columns of a canonical row.</summary>
    public static IReadOnlyList<RowColumn> Columns(Plan plan) => [.. plan.Canonical.Select(c => new RowColumn(c, plan.Numbers.Contains(c)))];

    /// <summary>32 bytes for each row.</summary>
    public byte[] Of(DataBatch batch)
    {
        if (!idle.TryTake(out var hasher))
            hasher = new(Columns(plan));
        var digests = hasher.Hash(batch);
        idle.Add(hasher);
        return digests;
    }
}
