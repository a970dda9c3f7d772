using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>What a v2 server says of a model.</summary>
/// <param name="Face">Its inputs and outputs.</param>
/// <param name="Versions">Its versions by name; <c>assay serve</c> gives the digest.</param>
internal sealed record InferenceFacts(ModelFace Face, IReadOnlyList<string> Versions);

/// <summary>The v2 protocol over one of its two transports.</summary>
internal interface IInferenceWire : IDisposable
{
    /// <summary>Is it ready, and what does it say of the model?</summary>
    Task<Result<InferenceFacts>> Open(CancellationToken ct);

    /// <summary>Runs the model once.</summary>
    Task<Result<IReadOnlyList<Tensor>>> Infer(IReadOnlyList<Tensor> inputs, CancellationToken ct);
}
