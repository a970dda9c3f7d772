using System.Text.Json;
using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;
using Assay.Evaluation.Runners.Inference.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>The v2 protocol over gRPC; tensors travel as bytes.</summary>
internal sealed class InferenceOverGrpc : IInferenceWire
{
    readonly EndpointWork work;
    readonly string model;
    readonly GrpcChannel channel;
    readonly GRPCInferenceService.GRPCInferenceServiceClient client;
    readonly Metadata headers = [];

    public InferenceOverGrpc(EndpointWork work, string model)
    {
        (this.work, this.model) = (work, model);
        channel = GrpcChannel.ForAddress(work.Url, new() { MaxReceiveMessageSize = work.Limits.Answer, MaxSendMessageSize = null });
        client = new(channel);
        if (work.Choice.Authorization is { } authorization)
            headers.Add("authorization", authorization);
    }

    /// <inheritdoc/>
    public async Task<Result<InferenceFacts>> Open(CancellationToken ct)
    {
        var ready = await Ask(() => client.ModelReadyAsync(new() { Name = model }, headers, cancellationToken: ct), ct);
        if (!ready.Ok)
            return ready.Refusal!;
        if (!ready.Value.Ready)
            return EndpointRefusals.Unreachable(work.Url, $"the model {model} is not ready");
        var facts = await Ask(() => client.ModelMetadataAsync(new() { Name = model }, headers, cancellationToken: ct), ct);
        if (!facts.Ok)
            return facts.Refusal!;
        try
        {
            return new InferenceFacts(new([.. facts.Value.Inputs.Select(Port)], [.. facts.Value.Outputs.Select(Port)], []), [.. facts.Value.Versions]);
        }
        catch (FormatException e)
        {
            return EndpointRefusals.Nonsense(e.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Infer(IReadOnlyList<Tensor> inputs, CancellationToken ct)
    {
        var answer = await Ask(() => client.ModelInferAsync(GrpcTensors.Question(model, inputs), headers, cancellationToken: ct), ct);
        if (!answer.Ok)
            return answer.Refusal!;
        if (work.Check(answer.Value.ModelVersion) is { } other)
            return other;
        try
        {
            return GrpcTensors.Outputs(answer.Value).ToList();
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException)
        {
            return EndpointRefusals.Nonsense(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    Task<Result<T>> Ask<T>(Func<AsyncUnaryCall<T>> ask, CancellationToken ct) => work.Patiently<T>(async () =>
    {
        try
        {
            return (await ask(), "");
        }
        catch (RpcException e)
        {
            ct.ThrowIfCancellationRequested();
            var said = e.Status.Detail;
            if (e.StatusCode == StatusCode.Unavailable)
                return (default(Result<T>?), said); // a plain null would become a refusal that is none
            return (Problem(e.StatusCode, said), said);
        }
    }, ct);

    Refusal Problem(StatusCode status, string said) => status switch
    {
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => EndpointRefusals.Unauthorized(work.Url, said),
        StatusCode.NotFound or StatusCode.Unimplemented => EndpointRefusals.NotFound(work.Url, said),
        StatusCode.ResourceExhausted => EndpointRefusals.TooLong(work.Limits.Answer),
        StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.FailedPrecondition => EndpointRefusals.Refused((int)status, said),
        _ => EndpointRefusals.Failed($"gRPC {status}", said),
    };

    static Port Port(ModelMetadataResponse.Types.TensorMetadata tensor) => new(tensor.Name,
        TensorKinds.Parse(tensor.Datatype) ?? throw new FormatException($"{tensor.Name} has the datatype {tensor.Datatype}, which is not known here"),
        [.. tensor.Shape.Select(d => d is >= -1 and <= int.MaxValue ? (int)d : -1)]);
}
