using Assay.Contracts;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Suites;

/// <summary>What is predicted.</summary>
public enum EvaluationTask
{
    /// <summary>One of two classes.</summary>
    Classification,
    /// <summary>A number.</summary>
    Regression,
}

/// <summary>A held-out evaluation (interfaces §4).</summary>
/// <param name="Head">Name, model, digest, file.</param>
/// <param name="Task">What is predicted.</param>
/// <param name="Data">The data it is measured on.</param>
/// <param name="Output">Which output is the score, and which class is positive.</param>
/// <param name="Metrics">What is measured.</param>
/// <param name="Level">The level of the intervals, such as 0.95.</param>
/// <param name="Replicates">How many bootstrap replicates.</param>
/// <param name="Invariants">Invariant suites to run besides, as full paths.</param>
/// <param name="NotMeasured">Keys that are known and that this version does not measure.</param>
public sealed record EvaluationSuite(SuiteHead Head, EvaluationTask Task, HeldoutData Data, OutputWish Output, IReadOnlyList<MetricWish> Metrics,
    double Level, int Replicates, IReadOnlyList<string> Invariants, IReadOnlyList<string> NotMeasured) : Suite(Head);

/// <summary>The data of a held-out evaluation.</summary>
/// <param name="Uri">Its address as the suite writes it.</param>
/// <param name="Digest">The digest that the suite insists on; null when it does not.</param>
/// <param name="Role">What the data is, such as heldout.</param>
/// <param name="Label">The column with the truth.</param>
/// <param name="Entity">The column whose rows belong together; null when rows are independent.</param>
public sealed record HeldoutData(string Uri, Digest? Digest, string Role, string Label, string? Entity);

/// <summary>A metric that a suite asks for.</summary>
public sealed record MetricWish(string Name, double Threshold = 0.5);
