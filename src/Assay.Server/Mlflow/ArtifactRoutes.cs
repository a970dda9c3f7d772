using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Assay.Server.Artifacts;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Mlflow;

/// <summary>Artifacts through the server (mlflow-wire §1.4, §3.8): the proxy's bytes and listing, and MLflow's two ways to download for people.</summary>
sealed class ArtifactRoutes(ArtifactFiles files, IContentStore contents, Store store, RunReader runs, Downloads downloads)
{
    public void Map(MlflowRoutes mlflow)
    {
        var proxy = mlflow.Under("/mlflow-artifacts");
        proxy.MapBytes("GET", "/artifacts", List).Allows(Permission.Read, c => Touched.Artifact(new MlflowCall(c).Query("path") ?? ""));
        proxy.MapBytes("GET", "/artifacts/{**path}", call => Download(call, call.Path("path"))).Allows(Permission.Read, AtPath);
        proxy.MapBytes("PUT", "/artifacts/{**path}", Upload).Allows(Permission.LogRuns, AtPath);
        proxy.MapBytes("DELETE", "/artifacts/{**path}", Delete).Allows(Permission.LogRuns, AtPath);
        mlflow.Map("GET", "/artifacts/list", a => (Run: a.RunId(), Path: a.Text("path") ?? ""), ListRun).Allows(Permission.Read, r => Touched.Run(r.Run));
        mlflow.Map("GET", "/logged-models/{model_id}/artifacts/directories", a => (Model: a.Required("model_id"), Path: a.Text("artifact_directory_path") ?? ""), ListModel).Allows(Permission.Read, r => Touched.LoggedModel(r.Model));
        mlflow.MapAjaxBytes("GET", "/logged-models/{model_id}/artifacts/files", DownloadOfModel).Allows(Permission.Read, c => Touched.LoggedModel(new MlflowCall(c).Path("model_id")));
        mlflow.MapAjaxBytes("POST", "/upload-artifact", UploadForPages).Allows(Permission.LogRuns, AtRun);
        mlflow.MapRoot("GET", "/get-artifact", DownloadOfRun).Allows(Permission.Read, AtRun);
        mlflow.MapRoot("GET", "/model-versions/get-artifact", DownloadOfVersion).Allows(Permission.Read, c => Touched.Model(new MlflowCall(c).Query("name") ?? ""));
    }

    static Touched AtPath(HttpContext context) => Touched.Artifact(new MlflowCall(context).Path("path"));

    static Touched AtRun(HttpContext context) => Touched.Run(new MlflowCall(context).Query("run_id", "run_uuid") ?? "");

    async Task<MlflowAnswer> Upload(MlflowCall call)
    {
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        // A training run may upload over a slow line; what never ends is ended by the connection's own limits.
        return await Put(call, call.Path("path"));
    }

    async Task<MlflowAnswer> Put(MlflowCall call, string path)
    {
        var parsed = ArtifactPath.Parse(path);
        if (!parsed.Ok)
            return parsed.Refusal!;
        var put = await files.Put(parsed.Value, call.Http.Request.BodyReader, call.Http.Request.ContentLength, call.Principal, call.Ct);
        // A body that was not read to its end leaves a connection that cannot be used again: say so, rather than let the next request fail on it.
        if (put.Refusal is { Kind: RefusalKind.Unavailable })
            call.Http.Response.Headers.Connection = "close";
        return await Task.FromResult(put).Answer((_, _) => { });
    }

    async Task<MlflowAnswer> Delete(MlflowCall call)
    {
        // Clients name a folder with a slash at its end, such as that of a run's artifacts when `mlflow gc` removes the run.
        var path = call.Path("path");
        var folder = path.EndsWith('/');
        var parsed = ArtifactPath.Parse(folder ? path[..^1] : path);
        return parsed.Ok ? await files.Delete(parsed.Value, mayBeEmpty: folder, call.Principal, call.Ct).Answer() : parsed.Refusal!;
    }

    async Task<MlflowAnswer> List(MlflowCall call)
    {
        var folder = (call.Query("path") ?? "").Trim('/');
        if (folder.Length > 0 && ArtifactPath.Parse(folder).Refusal is { } refusal)
            return refusal;
        var entries = await files.List(folder, call.Ct);
        return MlflowAnswer.Object(json => json.PutList("files", entries, (j, e) => Entry(j, e, e.Name)));
    }

    async Task<MlflowAnswer> ListRun((string Run, string Path) request, MlflowCall call) =>
        await store.Read(tx => runs.ArtifactUri(tx, request.Run), call.Ct) is { } root ? await ListBelow(root, request.Path, call) : TrackingRefusals.NoRun(request.Run);

    async Task<MlflowAnswer> ListModel((string Model, string Path) request, MlflowCall call) =>
        await store.Read(tx => runs.ArtifactUriOfModel(tx, request.Model), call.Ct) is { } root ? await ListBelow(root, request.Path, call) : TrackingRefusals.NoModel(request.Model);

    /// <summary>Here the paths are relative to the artifact root, the listed folder included; the proxy's listing gives names only.</summary>
    async Task<MlflowAnswer> ListBelow(string rootUri, string path, MlflowCall call)
    {
        var below = path.Trim('/');
        if (below.Length > 0 && ArtifactPath.Parse(below).Refusal is { } refusal)
            return refusal;
        var entries = ArtifactUri.PathOf(rootUri) is { } root ? await files.List(below.Length == 0 ? root : $"{root}/{below}", call.Ct) : [];
        return MlflowAnswer.Object(json =>
        {
            json.WriteString("root_uri", rootUri);
            json.PutList("files", entries, (j, e) => Entry(j, e, below.Length == 0 ? e.Name : $"{below}/{e.Name}"));
        });
    }

    static void Entry(Utf8JsonWriter json, ArtifactEntry entry, string path)
    {
        json.WriteString("path", path);
        json.WriteBoolean("is_dir", entry.IsFolder);
        if (entry is { IsFolder: false, Size: > 0 })
            json.WriteNumber("file_size", entry.Size);
    }

    async Task<MlflowAnswer> DownloadOfRun(MlflowCall call)
    {
        var run = call.Query("run_id", "run_uuid") ?? "";
        return await store.Read(tx => runs.ArtifactUri(tx, run), call.Ct) is { } uri ? await DownloadBelow(call, uri, call.Query("path") ?? "") : TrackingRefusals.NoRun(run);
    }

    async Task<MlflowAnswer> DownloadOfModel(MlflowCall call)
    {
        var model = call.Path("model_id");
        return await store.Read(tx => runs.ArtifactUriOfModel(tx, model), call.Ct) is { } uri ? await DownloadBelow(call, uri, call.Query("artifact_file_path") ?? "") : TrackingRefusals.NoModel(model);
    }

    async Task<MlflowAnswer> DownloadOfVersion(MlflowCall call)
    {
        var (name, version) = (call.Query("name") ?? "", call.Query("version") ?? "");
        var found = await store.Read(tx => downloads.Of(tx, name, version), call.Ct);
        return found.Ok ? await DownloadBelow(call, found.Value, call.Query("path") ?? "") : found.Refusal!;
    }

    Task<MlflowAnswer> DownloadBelow(MlflowCall call, string rootUri, string path) => Download(call, ArtifactUri.PathOf(rootUri) is { } root ? $"{root}/{path.TrimStart('/')}" : path);

    async Task<MlflowAnswer> UploadForPages(MlflowCall call)
    {
        if (call.Http.Request.ContentLength > WireLimits.PageUpload.Most)
            return MlflowRefusals.UploadTooLarge(call.Http.Request.ContentLength.Value);
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = WireLimits.PageUpload.Most;
        var run = call.Query("run_id", "run_uuid") ?? "";
        return await store.Read(tx => runs.ArtifactUri(tx, run), call.Ct) is { } uri && ArtifactUri.PathOf(uri) is { } root ? await Put(call, $"{root}/{call.Query("path")}") : TrackingRefusals.NoRun(run);
    }

    async Task<MlflowAnswer> Download(MlflowCall call, string path)
    {
        var parsed = ArtifactPath.Parse(path);
        if (!parsed.Ok)
            return parsed.Refusal!;
        var found = await files.Find(parsed.Value, call.Ct);
        if (!found.Ok)
            return found.Refusal!;
        var name = parsed.Value.Names[^1];
        var download = await ContentDownload.Open(contents, found.Value.Digest, found.Value.Size, name, MediaTypes.Of(name), call.Http);
        if (download.Refusal is { } damaged)
            return damaged;
        return MlflowAnswer.Raw(context =>
        {
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Sandboxed;
            context.Response.Headers["X-Assay-Digest"] = found.Value.Digest.ToString();
            return download.Value.ExecuteAsync(context);
        });
    }
}
