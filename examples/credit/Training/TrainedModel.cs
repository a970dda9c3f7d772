namespace Assay.Examples.Credit;

/// <summary>A logistic regression: what was learnt, and what it says about loans.</summary>
/// <param name="Recipe">How it was trained.</param>
/// <param name="Preparation">What becomes of the raw columns.</param>
/// <param name="Weights">A weight for each feature.</param>
/// <param name="Bias">The constant.</param>
public sealed record TrainedModel(Recipe Recipe, Preparation Preparation, float[] Weights, float Bias);
