using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Suites;

/// <summary>What is predicted.</summary>
public enum EvaluationTask
{
    /// <summary>One of two or more classes.</summary>
    Classification,
    /// <summary>A number.</summary>
    Regression,
    /// <summary>The order of the rows of each query.</summary>
    Ranking,
    /// <summary>Text, which others have judged.</summary>
    Generation,
}

/// <summary>A held-out evaluation (interfaces §4).</summary>
/// <param name="Head">Name, model, digest, file.</param>
/// <param name="Task">What is predicted.</param>
/// <param name="Data">The data it is measured on.</param>
/// <param name="Output">Which output is the score, and which class is positive.</param>
/// <param name="Metrics">What is measured.</param>
/// <param name="Level">The level of the intervals, such as 0.95.</param>
/// <param name="Replicates">How many bootstrap replicates.</param>
/// <param name="Slices">The parts of the rows to look at; null for none.</param>
/// <param name="Tail">The worst rows; null when nobody asked.</param>
/// <param name="Train">What the model was trained on, for leakage and skew; null when nobody said.</param>
/// <param name="Parity">Rows logged at training time with the pipeline's own answers; null for none.</param>
/// <param name="Judgements">The judgements of generated text; null unless that is the task.</param>
/// <param name="Invariants">Invariant suites to run besides, as full paths.</param>
public sealed record EvaluationSuite(SuiteHead Head, EvaluationTask Task, HeldoutData Data, OutputWish Output, IReadOnlyList<MetricWish> Metrics,
    double Level, int Replicates, SlicesWish? Slices, TailWish? Tail, TrainWish? Train, ParityWish? Parity, JudgementsWish? Judgements, IReadOnlyList<string> Invariants) : Suite(Head)
{
    /// <summary>Data to compare with training instead of the held-out rows; null for those.</summary>
    public ReferenceWish? Reference { get; init; }

    /// <summary>Features computed anew; null for none.</summary>
    public JoinWish? Join { get; init; }
}

/// <summary>A metric that a suite asks for; what it does not say has the metric's own default.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Threshold">A row is predicted positive when its score reaches this; 0.5.</param>
/// <param name="Quantile">The quantile of <c>pinball</c>; 0.5.</param>
/// <param name="K">How many places of a ranking count; null for all.</param>
public sealed record MetricWish(string Name, double Threshold = 0.5, double Quantile = 0.5, int? K = null);
