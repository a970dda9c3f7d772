namespace Assay.Client;

/// <summary>What a model takes and gives.</summary>
/// <param name="Inputs">The columns it takes.</param>
/// <param name="Outputs">The columns it gives.</param>
public sealed record ModelSignature(TableSchema Inputs, TableSchema Outputs);
