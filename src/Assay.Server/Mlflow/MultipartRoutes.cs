using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Artifacts;
using Assay.Server.Artifacts.Uploads;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Mlflow;

/// <summary>
/// MLflow's uploads in parts (mlflow-wire §3.8). The addresses that clients get for the parts are our own, whatever the bytes are kept in:
/// bytes that went around the server would be hashed by nobody and could be written after the run was sealed.
/// </summary>
sealed class MultipartRoutes(PartUploads uploads)
{
    public void Map(MlflowRoutes mlflow)
    {
        var proxy = mlflow.Under("/mlflow-artifacts");
        proxy.Map("POST", "/mpu/create/{**folder}", a => (File: a.Required("path"), Parts: a.RequiredInt("num_parts")), Create).AllowsAt(Permission.LogRuns, AtFolder);
        proxy.Map("POST", "/mpu/complete/{**folder}", a => (File: a.Required("path"), Upload: a.Required("upload_id"), Parts: Parts(a)), Complete).AllowsAt(Permission.LogRuns, AtFolder);
        proxy.Map("POST", "/mpu/abort/{**folder}", a => (File: a.Required("path"), Upload: a.Required("upload_id")), Abort).AllowsAt(Permission.LogRuns, AtFolder);
        // Clients send parts without saying who they are, as to an object store: the unguessable id in the address is what allows it.
        proxy.MapBytes("PUT", "/mpu/part/{upload}/{number}", Take).Open();
    }

    static Touched AtFolder(HttpContext context) => Touched.Artifact(new MlflowCall(context).Path("folder"));

    static List<(long Number, string Tag)> Parts(MlflowArguments arguments) => [.. arguments.Objects("parts", WireLimits.UploadParts).Select(p => (p.RequiredInt("part_number"), p.Required("etag")))];

    async Task<MlflowAnswer> Create((string File, long Parts) request, MlflowCall call)
    {
        var path = PathOf(call, request.File);
        if (!path.Ok)
            return path.Refusal!;
        return await uploads.Begin(path.Value, request.Parts, call.Principal, call.Ct).Answer((json, id) =>
        {
            json.WriteString("upload_id", id);
            json.WriteStartArray("credentials");
            for (var number = 1L; number <= request.Parts; number++)
            {
                json.WriteStartObject();
                json.WriteString("url", $"{Here(call.Http.Request)}/api/2.0/mlflow-artifacts/mpu/part/{id}/{number}");
                json.WriteNumber("part_number", number);
                json.WriteStartObject("headers");
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    async Task<MlflowAnswer> Take(MlflowCall call)
    {
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        var taken = await uploads.Take(call.Path("upload"), call.Path("number"), call.Http.Request.BodyReader, call.Http.Request.ContentLength, call.Ct);
        if (taken.Ok)
            call.Http.Response.Headers.ETag = $"\"{taken.Value.Hex}\"";
        else
            call.Http.Response.Headers.Connection = "close";   // its body may not have been read
        return await Task.FromResult(taken).Answer((_, _) => { });
    }

    async Task<MlflowAnswer> Complete((string File, string Upload, List<(long, string)> Parts) request, MlflowCall call)
    {
        var path = PathOf(call, request.File);
        return path.Ok ? await uploads.Complete(path.Value, request.Upload, request.Parts, call.Principal).Answer((_, _) => { }) : path.Refusal!;
    }

    async Task<MlflowAnswer> Abort((string File, string Upload) request, MlflowCall call)
    {
        var path = PathOf(call, request.File);
        return path.Ok ? await uploads.Abort(path.Value, request.Upload, call.Ct).Answer() : path.Refusal!;
    }

    /// <summary>The folder stands in the address; of the client's own path, on whatever system, only the file's name counts.</summary>
    static Result<ArtifactPath> PathOf(MlflowCall call, string file)
    {
        var folder = call.Path("folder").Trim('/');
        var name = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        return ArtifactPath.Parse(folder.Length == 0 ? name : $"{folder}/{name}");
    }

    static string Here(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
