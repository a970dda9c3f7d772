using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Inference;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Cli.Serving.Inference;

/// <summary>The Open Inference Protocol (KServe v2) over HTTP, with tensors as JSON or as bytes behind it.</summary>
internal static class InferenceRoutes
{
    const string HeadLength = "Inference-Header-Content-Length";

    public static void MapInference(this IEndpointRouteBuilder app, ServedInference served)
    {
        app.MapGet("/v2", () => Json(new JsonObject { ["name"] = "assay", ["version"] = ServedInference.ServerVersion, ["extensions"] = Texts(ServedInference.Extensions) }));
        app.MapGet("/v2/health/live", () => Results.Ok());
        app.MapGet("/v2/health/ready", () => Results.Ok());
        foreach (var root in (string[])["/v2/models/{name}", "/v2/models/{name}/versions/{version}"])
        {
            app.MapGet(root, (string name, string? version) => Known(served, name, version) ?? Json(Metadata(served)));
            app.MapGet($"{root}/ready", (string name, string? version) => Known(served, name, version) ?? Results.Ok());
            app.MapPost($"{root}/infer", async (HttpContext http, string name, string? version, CancellationToken ct) => Known(served, name, version) ?? await Infer(http, served, ct));
        }
    }

    static IResult? Known(ServedInference served, string name, string? version) =>
        served.Serves(name, version) ? null : Refused($"This server serves {served.Model}, version {served.Version}.", StatusCodes.Status404NotFound);

    static JsonObject Metadata(ServedInference served) => new()
    {
        ["name"] = served.Model,
        ["versions"] = Texts([served.Version]),
        ["platform"] = ServedInference.Platform,
        ["inputs"] = new JsonArray([.. served.Face.Inputs.Select(Described)]),
        ["outputs"] = new JsonArray([.. served.Face.Outputs.Select(Described)]),
    };

    static async Task<IResult> Infer(HttpContext http, ServedInference served, CancellationToken ct)
    {
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, ct);
            var asked = InferenceBody.Read(body.ToArray(), Length(http.Request.Headers[HeadLength]), "inputs");
            var outputs = await served.Infer(asked.Tensors);
            var chosen = outputs.Ok ? ServedInference.Chosen(outputs.Value, [.. (asked.Head["outputs"] as JsonArray ?? []).Select(o => o?["name"]?.ToString() ?? "")]) : outputs;
            if (chosen.Refusal is { } refusal)
                return Refused($"{refusal.Message} {refusal.Mend}".TrimEnd(), ServingRefusals.Status(refusal));
            return Answer(http, served, asked.Head, chosen.Value);
        }
        catch (FormatException e)
        {
            return Refused($"The body cannot be read: {e.Message}.", StatusCodes.Status400BadRequest);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            return Refused(e.Message, e.StatusCode);
        }
    }

    static IResult Answer(HttpContext http, ServedInference served, JsonObject asked, IReadOnlyList<Tensor> outputs)
    {
        var head = new JsonObject { ["model_name"] = served.Model, ["model_version"] = served.Version };
        if (asked["id"]?.ToString() is { } id)
            head["id"] = id;
        var binary = asked["parameters"]?["binary_data_output"] is JsonValue wish && wish.GetValueKind() == System.Text.Json.JsonValueKind.True;
        var (body, length) = InferenceBody.Write(head, "outputs", outputs, binary);
        if (length is { } json)
            http.Response.Headers[HeadLength] = json.ToString(CultureInfo.InvariantCulture);
        return Results.Bytes(body, length is null ? "application/json" : "application/octet-stream");
    }

    static int? Length(string? header) => header is null ? null
        : int.TryParse(header, CultureInfo.InvariantCulture, out var length) ? length : throw new FormatException($"{HeadLength} is '{header}', which is no length");

    static JsonNode Described(Port port) => new JsonObject
    {
        ["name"] = port.Name,
        ["datatype"] = port.Kind.KServeName(),
        ["shape"] = new JsonArray([.. port.Shape.Select(d => JsonValue.Create(d))]),
    };

    static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];

    static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);

    static IResult Refused(string why, int status) => Json(new JsonObject { ["error"] = why }, status);
}
