using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Endpoints;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>The v2 protocol over HTTP: tensors as bytes where the server says that it can, else as JSON.</summary>
internal sealed class InferenceOverHttp(EndpointWork work, string model) : IInferenceWire
{
    readonly EndpointHttp http = new(work);
    bool binary;

    string Path => $"v2/models/{Uri.EscapeDataString(model)}";

    /// <inheritdoc/>
    public async Task<Result<InferenceFacts>> Open(CancellationToken ct)
    {
        var ready = await Get($"{Path}/ready", ct);
        if (!ready.Ok)
            return ready.Refusal!;
        if (await ServedVersion.Check(http, work, ct) is { } other)
            return other;
        var server = await Get("v2", ct);
        binary = server.Ok && EndpointHttp.Json(server.Value.Body) is JsonObject said && said["extensions"] is JsonArray extensions && extensions.Any(e => e?.ToString() == "binary_tensor_data");
        var answer = await Get(Path, ct);
        return answer.Ok ? Facts(answer.Value.Body) : answer.Refusal!;
    }

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Tensor>>> Infer(IReadOnlyList<Tensor> inputs, CancellationToken ct)
    {
        if (!binary && Infinite(inputs) is { } refusal)
            return refusal;
        var head = new JsonObject();
        if (binary)
            head["parameters"] = new JsonObject { ["binary_data_output"] = true };
        var (body, length) = InferenceBody.Write(head, "inputs", inputs, binary);
        var answer = await http.Ask(HttpMethod.Post, $"{Path}/infer", () => Content(body, length), ct);
        if (!answer.Ok)
            return answer.Refusal!;
        if (http.Problem(answer.Value, $"{Path}/infer") is { } problem)
            return problem;
        try
        {
            var read = InferenceBody.Read(answer.Value.Body, answer.Value.HeadLength, "outputs");
            return work.Check(read.Head["model_version"]?.ToString()) is { } other ? other : read.Tensors.ToList();
        }
        catch (FormatException e)
        {
            return EndpointRefusals.Nonsense(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    async Task<Result<EndpointAnswer>> Get(string path, CancellationToken ct)
    {
        var answer = await http.Ask(HttpMethod.Get, path, null, ct);
        return answer.Ok && http.Problem(answer.Value, path) is { } problem ? problem : answer;
    }

    static ByteArrayContent Content(byte[] body, int? head)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(head is null ? "application/json" : "application/octet-stream");
        if (head is { } length)
            content.Headers.Add(EndpointHttp.HeadLength, length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return content;
    }

    static Result<InferenceFacts> Facts(byte[] body)
    {
        if (EndpointHttp.Json(body) is not JsonObject said || said["inputs"] is not JsonArray inputs || said["outputs"] is not JsonArray outputs)
            return EndpointRefusals.Nonsense("its metadata has no inputs and outputs");
        var ports = new List<List<Port>>();
        foreach (var list in (JsonArray[])[inputs, outputs])
        {
            var read = new List<Port>();
            foreach (var item in list)
            {
                var shape = (item as JsonObject)?["shape"] as JsonArray;
                var lengths = shape?.Select(d => Cell.Of(d) is { Kind: CellKind.Integer, Whole: >= -1 and <= int.MaxValue } cell ? (int)cell.Whole : -1).ToArray();
                if (lengths is null || item!["name"] is not { } name || TensorKinds.Parse(item["datatype"]?.ToString() ?? "") is not { } kind)
                    return EndpointRefusals.Nonsense($"its metadata has a tensor that is not understood: {item?.ToJsonString()}");
                read.Add(new(name.ToString(), kind, lengths));
            }
            ports.Add(read);
        }
        return new InferenceFacts(new(ports[0], ports[1], []), [.. (said["versions"] as JsonArray ?? []).Select(v => v?.ToString() ?? "")]);
    }

    static Refusal? Infinite(IReadOnlyList<Tensor> inputs)
    {
        foreach (var tensor in inputs.Where(t => t.IsReal))
            for (var i = 0; i < tensor.Data.Length; i++)
                if (double.IsInfinity(tensor.Number(i)))
                    return EndpointRefusals.Infinite((i / Math.Max(1, tensor.Columns)) + 1, tensor.Name);
        return null;
    }
}
