using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners;

/// <summary>
/// A way to score: rows in, answers out, in the order of the rows. The answers depend neither on how the rows were cut into batches nor on how many
/// batches were under way at once. What the model or the way to it does wrong is a refusal; only the caller's own cancelling is an exception.
/// </summary>
public interface IRunner : IAsyncDisposable
{
    /// <summary>What is known of the model's inputs, outputs and classes. An endpoint may say nothing: then it is empty.</summary>
    ModelFace Face { get; }

    /// <summary>MLflow's signature of the version, which says the columns that it takes and their order; null when it has none.</summary>
    ModelSignature? Signature { get; }

    /// <summary>How many questions may be under way at once, at least 1. More than that wait for each other.</summary>
    int Lanes { get; }

    /// <summary>Did the last question end what answers? The next one starts it again.</summary>
    bool Dead { get; }

    /// <summary>Scores rows.</summary>
    /// <param name="input">The rows, by column.</param>
    /// <param name="time">How long this may take on the clock; null is the runner's own limit for one call.</param>
    /// <param name="ct">Cancels the question, not the runner.</param>
    /// <param name="firstRow">The number of the first row, for messages; from 1.</param>
    /// <param name="fromFile">Does the input come from a data file, whose own column order says nothing?</param>
    Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false);
}
