using Assay.Contracts;

namespace Assay.Evaluation.Data.Rows;

/// <summary>What the rows of a set are as a whole, whatever their order and their file's format.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Distinct">How many different ones.</param>
/// <param name="Repeated">How many of them stand more than once.</param>
/// <param name="Root">The root of the Merkle tree (RFC 6962) over the sorted hashes: <c>rows_digest</c>.</param>
public sealed record RowFingerprint(long Rows, long Distinct, long Repeated, Digest Root)
{
    /// <summary>The share of rows, 0 to 1, that stand more than once: what a row of the same kind overlaps with by nature. 0 of no rows.</summary>
    public double DuplicateRate => Rows == 0 ? 0 : (double)Repeated / Rows;
}
