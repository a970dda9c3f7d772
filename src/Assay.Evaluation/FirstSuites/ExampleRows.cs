using Assay.Evaluation.Inputs;

namespace Assay.Evaluation.FirstSuites;

/// <summary>Rows to ask a model, and where they come from.</summary>
/// <param name="Input">The rows.</param>
/// <param name="File">The file of the model folder; null for rows that were made up.</param>
internal sealed record ExampleRows(ModelInput Input, string? File);
