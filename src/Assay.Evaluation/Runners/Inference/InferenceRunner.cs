using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>Scores by an endpoint that speaks the Open Inference Protocol. Its metadata is the face; rows are bound to it as they are to a file's.</summary>
internal sealed class InferenceRunner : IRunner
{
    readonly IInferenceWire wire;
    readonly EndpointWork work;

    InferenceRunner(IInferenceWire wire, EndpointWork work, ModelFace face, ModelSignature? signature) => (this.wire, this.work, Face, Signature) = (wire, work, face, signature);

    /// <inheritdoc/>
    public ModelFace Face { get; }

    /// <inheritdoc/>
    public ModelSignature? Signature { get; }

    /// <inheritdoc/>
    public int Lanes => work.Lanes;

    /// <inheritdoc/>
    public bool Dead => false;

    /// <summary>Asks whether the model is ready, which version it is, and what it takes and gives.</summary>
    public static async Task<Result<InferenceRunner>> Open(IInferenceWire wire, EndpointWork work, ModelSignature? signature, CancellationToken ct)
    {
        var facts = await work.Within(work.Limits.Load, wire.Open, ct);
        var refusal = facts.Ok ? facts.Value.Versions.Select(work.Check).FirstOrDefault(r => r is not null) : facts.Refusal;
        if (refusal is null)
            return new InferenceRunner(wire, work, facts.Value.Face, signature);
        wire.Dispose();
        return refusal;
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false)
    {
        var tensors = InputBinding.Bind(input, Face, Signature, firstRow, fromFile);
        if (!tensors.Ok)
            return tensors;
        return await work.Within(time, until => FixedRows.Ask(tensors.Value, Face.FixedRows, async part =>
        {
            var answer = await wire.Infer(part, until);
            return answer.Ok && answer.Value.Count == 0 ? EndpointRefusals.Nonsense("it has no outputs") : answer;
        }), ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        wire.Dispose();
        work.Dispose();
        return ValueTask.CompletedTask;
    }
}
