namespace Assay.Evaluation.Data;

/// <summary>How large data may be. What goes over one is refused, and the refusal says which.</summary>
public static class DataLimits
{
    /// <summary>The longest line of a CSV or JSON lines file, in bytes.</summary>
    public const int LongestLine = 16 << 20;

    /// <summary>The most columns of a file.</summary>
    public const int MostColumns = 10_000;

    /// <summary>The most files of a folder or pattern.</summary>
    public const int MostFiles = 10_000;

    /// <summary>The most rows of one batch.</summary>
    public const int MostRowsAtOnce = 1 << 20;

    /// <summary>What DuckDB may take for its buffers, in bytes: a file whose pages need more is refused.</summary>
    public const long Buffers = 1L << 30;
}
