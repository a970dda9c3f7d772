using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Runners.Onnx;

namespace Assay.Evaluation;

/// <summary>What an evaluation needs besides the model and the suite.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The model's name; a suite for another model is refused. Null: not checked.</summary>
    public string? Model { get; init; }

    /// <summary>The model folder to compare with on the same rows, such as the champion's. Null: no comparison.</summary>
    public string? Against { get; init; }

    /// <summary>The digest of the version to compare with; goes into the evidence.</summary>
    public Digest? AgainstDigest { get; init; }

    /// <summary>How the version is scored: by its own file, or by an endpoint that serves it. What it is compared with is scored by its file.</summary>
    public RunnerChoice Runner { get; init; } = RunnerChoice.Onnx;

    /// <summary>The digest of the version that is measured; an endpoint that says it serves another one is refused. Null: not compared.</summary>
    public Digest? Digest { get; init; }

    /// <summary>What a model may use while it is scored.</summary>
    public ScoringLimits Limits { get; init; } = new();

    /// <summary>The program to start for scoring; null finds <c>assay</c> itself.</summary>
    public WorkerProgram? Worker { get; init; }

    /// <summary>Where data may come from besides this machine.</summary>
    public DataSources Sources { get; init; } = DataSources.Local;

    /// <summary>Which program measures; goes into the evidence, beside the identity that the server sets. Null: nothing is known of it.</summary>
    public EvaluatorFacts? Evaluator { get; init; }
}
