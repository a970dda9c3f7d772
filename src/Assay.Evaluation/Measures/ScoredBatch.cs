using Assay.Evaluation.Data;

namespace Assay.Evaluation.Measures;

/// <summary>Some rows of the data with their truth and what the models said. Every measure sees each batch once, in the order of the rows.</summary>
internal sealed class ScoredBatch
{
    /// <summary>The columns that were read.</summary>
    public required DataBatch Data { get; init; }

    /// <summary>The class of each row as its number in the frame (1 for positive, 0 for not, where there are two); empty for numbers.</summary>
    public required int[] Truth { get; init; }

    /// <summary>The number that was to be predicted; empty for classes.</summary>
    public required double[] Target { get; init; }

    /// <summary>The weight of each row; 1 where the suite names no column.</summary>
    public required double[] Weight { get; init; }

    /// <summary>The bootstrap bucket of each row.</summary>
    public required ushort[] Bucket { get; init; }

    /// <summary>The digest of each canonical row, 32 bytes each.</summary>
    public required byte[] Digests { get; init; }

    /// <summary>The slices of each row, by their number: for each way to part the rows an array, -1 where a row is in none.</summary>
    public required int[][] Slices { get; init; }

    /// <summary>What the model said.</summary>
    public required Answers Model { get; init; }

    /// <summary>What the model compared with said; null without one.</summary>
    public required Answers? Baseline { get; init; }

    /// <summary>Are all scores finite numbers?</summary>
    public required bool Finite { get; init; }

    public int Rows => Data.Rows;

    public long FirstRow => Data.FirstRow;
}
