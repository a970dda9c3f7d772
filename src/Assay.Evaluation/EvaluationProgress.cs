namespace Assay.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Stage">What is being done, for people.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Of">How much there is; 0 when nobody knows.</param>
public sealed record EvaluationProgress(string Stage, long Done, long Of);
