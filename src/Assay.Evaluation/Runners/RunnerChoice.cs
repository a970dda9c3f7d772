using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;
using Assay.Evaluation.Runners.Inference;
using Assay.Evaluation.Runners.Invocations;
using Assay.Evaluation.Runners.Onnx;

namespace Assay.Evaluation.Runners;

/// <summary>The ways to score.</summary>
public enum RunnerKind
{
    /// <summary>The version's ONNX file, in a child process.</summary>
    Onnx,
    /// <summary>An endpoint that speaks MLflow's <c>/invocations</c>.</summary>
    Mlflow,
    /// <summary>An endpoint that speaks the Open Inference Protocol (KServe v2) over HTTP.</summary>
    V2,
    /// <summary>The same protocol over gRPC.</summary>
    V2Grpc,
}

/// <summary>How a version is scored. What is known of it goes into the evidence, except the authorization, which goes nowhere but to the endpoint.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Url">The endpoint; null for the version's own file.</param>
/// <param name="Model">The model's name at the endpoint (v2); null is the version's model name.</param>
public sealed record RunnerChoice(RunnerKind Kind, Uri? Url = null, string? Model = null)
{
    static readonly (RunnerKind Kind, string Word)[] Words = [(RunnerKind.Onnx, "onnx"), (RunnerKind.Mlflow, "mlflow"), (RunnerKind.V2, "v2"), (RunnerKind.V2Grpc, "v2-grpc")];

    /// <summary>The version's own file.</summary>
    public static RunnerChoice Onnx => new(RunnerKind.Onnx);

    /// <summary>The value of the <c>Authorization</c> header that the endpoint wants, such as <c>Bearer …</c>; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>The form of MLflow's body; null chooses by the signature: columns as <c>dataframe_split</c>, tensors as <c>inputs</c> or <c>instances</c>.</summary>
    public InvocationForm? Form { get; init; }

    /// <summary>An endpoint as people name it. The protocol is <c>mlflow</c> (default), <c>v2</c> or <c>v2-grpc</c>.</summary>
    public static Result<RunnerChoice> At(string url, string? protocol, string? model, string? authorization)
    {
        var kind = Words.FirstOrDefault(w => w.Word == (protocol ?? "mlflow") && w.Kind != RunnerKind.Onnx);
        if (kind.Word is null)
            return EndpointRefusals.Protocol(protocol!);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var found) || found.Scheme is not ("http" or "https") || found.UserInfo.Length > 0 || found.Query.Length > 0 || found.Fragment.Length > 0)
            return EndpointRefusals.Url();
        return new RunnerChoice(kind.Kind, found, model) { Authorization = authorization };
    }

    /// <summary>The fact for the evidence: <c>{"kind", "url"?, "model"?}</c>.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["kind"] = Words.First(w => w.Kind == Kind).Word };
        if (Url is not null)
            json["url"] = Url.AbsoluteUri;
        if (Model is not null)
            json["model"] = Model;
        return json;
    }

    /// <summary>
    /// Opens the way. An endpoint that cannot be reached (<see cref="RefusalKind.Unavailable"/>) or says that it serves another version
    /// (<see cref="RefusalKind.Conflict"/>) tells nothing about the version: that is no measurement.
    /// </summary>
    /// <param name="folder">The version's model folder: the file to score, or at least the signature.</param>
    /// <param name="model">The version's model name, for an endpoint of several models.</param>
    /// <param name="digest">The version's digest, to be compared with what the endpoint says that it serves; null: not compared.</param>
    /// <param name="limits">Time, size and lanes.</param>
    /// <param name="program">The program for child processes; null finds it.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="ct">Cancels the opening.</param>
    public async Task<Result<IRunner>> Open(string folder, string? model, Digest? digest, ScoringLimits limits, WorkerProgram? program, TimeProvider clock, CancellationToken ct)
    {
        if (Kind == RunnerKind.Onnx)
        {
            var files = ModelFolder.Open(folder);
            return files.Ok ? (await OnnxRunner.Open(files.Value, limits, program, clock, ct)).Map(r => (IRunner)r) : files.Refusal!;
        }
        var signature = ModelFolder.SignatureOf(folder);
        if (!signature.Ok)
            return signature.Refusal!;
        var work = new EndpointWork(this, digest, limits, clock);
        var opened = Kind switch
        {
            RunnerKind.Mlflow => (await InvocationsRunner.Open(work, signature.Value, ct)).Map(r => (IRunner)r),
            RunnerKind.V2 => (await InferenceRunner.Open(new InferenceOverHttp(work, Model ?? model ?? ""), work, signature.Value, ct)).Map(r => (IRunner)r),
            _ => (await InferenceRunner.Open(new InferenceOverGrpc(work, Model ?? model ?? ""), work, signature.Value, ct)).Map(r => (IRunner)r),
        };
        if (!opened.Ok)
            work.Dispose();
        return opened;
    }

    /// <inheritdoc/>
    public override string ToString() => ToJson().ToJsonString();
}
