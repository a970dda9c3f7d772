namespace Assay.Evaluation.Data.Rows;

/// <summary>The hashes of a set's rows in ascending order, each as often as it occurs.</summary>
public interface ISortedRows
{
    /// <summary>How many rows.</summary>
    long Rows { get; }

    /// <summary>Are only the first 64 bits of each hash known?</summary>
    bool Short { get; }

    /// <summary>The hashes; of short ones all but the first word is 0.</summary>
    IEnumerable<RowHash> Sorted();
}
