namespace Assay.Examples.Credit;

/// <summary>What a training gave.</summary>
/// <param name="Model">What was learnt.</param>
/// <param name="Onnx">The exported file.</param>
/// <param name="Data">The two sides of the data.</param>
/// <param name="Train">Quality on the rows it learnt from.</param>
/// <param name="HeldOut">Quality on the others, by the trainer's own scores.</param>
/// <param name="HeldOutScores">The trainer's own scores of the held-out rows.</param>
/// <param name="ParityDifference">The greatest difference between trainer and file; null when nobody looked.</param>
public sealed record Outcome(
    TrainedModel Model, byte[] Onnx, Holdout Data, Quality Train, Quality HeldOut, float[] HeldOutScores, double? ParityDifference);
