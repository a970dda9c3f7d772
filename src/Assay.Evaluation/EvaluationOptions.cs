using Assay.Contracts;
using Assay.Evaluation.Data;
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

    /// <summary>What a model may use while it is scored.</summary>
    public ScoringLimits Limits { get; init; } = new();

    /// <summary>The program to start for scoring; null finds <c>assay</c> itself.</summary>
    public WorkerProgram? Worker { get; init; }

    /// <summary>Where data may come from besides this machine.</summary>
    public DataSources Sources { get; init; } = DataSources.Local;
}
