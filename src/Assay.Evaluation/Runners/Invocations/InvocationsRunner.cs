using System.Net.Http.Headers;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;

namespace Assay.Evaluation.Runners.Invocations;

/// <summary>Scores by an endpoint that speaks MLflow's <c>/invocations</c>. It says nothing of its inputs: the version's signature does.</summary>
internal sealed class InvocationsRunner : IRunner
{
    const string Path = "invocations";
    readonly EndpointWork work;
    readonly EndpointHttp http;

    InvocationsRunner(EndpointWork work, EndpointHttp http, ModelSignature? signature) => (this.work, this.http, Signature) = (work, http, signature);

    /// <inheritdoc/>
    public ModelFace Face { get; } = new([], [], []);

    /// <inheritdoc/>
    public ModelSignature? Signature { get; }

    /// <inheritdoc/>
    public int Lanes => work.Lanes;

    /// <inheritdoc/>
    public bool Dead => false;

    /// <summary>Asks whether it is there and which version it serves. Not every server answers <c>/ping</c>; one that fails at it is not asked more.</summary>
    public static async Task<Result<InvocationsRunner>> Open(EndpointWork work, ModelSignature? signature, CancellationToken ct)
    {
        var http = new EndpointHttp(work);
        var opened = await work.Within<Done>(work.Limits.Load, async until =>
        {
            var ping = await http.Ask(HttpMethod.Get, "ping", null, until);
            var refusal = ping.Ok ? ping.Value.Status == 404 ? null : http.Problem(ping.Value, "ping") : ping.Refusal;
            return (refusal ?? await ServedVersion.Check(http, work, until)) is { } why ? why : Done.Yes;
        }, ct);
        if (opened.Ok)
            return new InvocationsRunner(work, http, signature);
        http.Dispose();
        return opened.Refusal!;
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Score(ModelInput input, TimeSpan? time, CancellationToken ct, long firstRow = 1, bool fromFile = false)
    {
        var body = InvocationsQuestion.Write(input, Signature, work.Choice.Form, firstRow, fromFile);
        if (!body.Ok)
            return body.Refusal!;
        return await work.Within<IReadOnlyList<Tensor>>(time, async until =>
        {
            var answer = await http.Ask(HttpMethod.Post, Path, () => new ByteArrayContent(body.Value) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, until);
            if (!answer.Ok)
                return answer.Refusal!;
            return http.Problem(answer.Value, Path) is { } problem ? problem : InvocationsAnswer.Read(answer.Value.Body, input.Rows);
        }, ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        http.Dispose();
        work.Dispose();
        return ValueTask.CompletedTask;
    }
}
