using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Inference;
using Assay.Evaluation.Runners.Inference.Wire;
using Grpc.Core;

namespace Assay.Cli.Serving.Inference;

/// <summary>The Open Inference Protocol over gRPC.</summary>
internal sealed class InferenceService(ServedInference served) : GRPCInferenceService.GRPCInferenceServiceBase
{
    /// <inheritdoc/>
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) => Task.FromResult(new ServerLiveResponse { Live = true });

    /// <inheritdoc/>
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) => Task.FromResult(new ServerReadyResponse { Ready = true });

    /// <inheritdoc/>
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse { Ready = served.Serves(request.Name, request.Version) });

    /// <inheritdoc/>
    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse { Name = "assay", Version = ServedInference.ServerVersion, Extensions = { ServedInference.Extensions } });

    /// <inheritdoc/>
    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        Known(request.Name, request.Version);
        return Task.FromResult(new ModelMetadataResponse
        {
            Name = served.Model,
            Versions = { served.Version },
            Platform = ServedInference.Platform,
            Inputs = { served.Face.Inputs.Select(Described) },
            Outputs = { served.Face.Outputs.Select(Described) },
        });
    }

    /// <inheritdoc/>
    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        Known(request.ModelName, request.ModelVersion);
        try
        {
            var outputs = await served.Infer([.. GrpcTensors.Inputs(request)]);
            var chosen = outputs.Ok ? ServedInference.Chosen(outputs.Value, [.. request.Outputs.Select(o => o.Name)]) : outputs;
            return chosen.Refusal is { } refusal
                ? throw new RpcException(new(ServingRefusals.Status(refusal) < 500 ? StatusCode.InvalidArgument : StatusCode.Internal, $"{refusal.Message} {refusal.Mend}".TrimEnd()))
                : GrpcTensors.Answer(served.Model, served.Version, request.Id, chosen.Value);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, e.Message));
        }
    }

    void Known(string name, string version)
    {
        if (!served.Serves(name, version))
            throw new RpcException(new(StatusCode.NotFound, $"This server serves {served.Model}, version {served.Version}."));
    }

    static ModelMetadataResponse.Types.TensorMetadata Described(Port port) => new() { Name = port.Name, Datatype = port.Kind.KServeName(), Shape = { port.Shape.Select(d => (long)d) } };
}
