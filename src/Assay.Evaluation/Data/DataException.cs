namespace Assay.Evaluation.Data;

/// <summary>A data file breaks off, or holds what its format or its column does not allow. The message names the row and the column where they are known.</summary>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
