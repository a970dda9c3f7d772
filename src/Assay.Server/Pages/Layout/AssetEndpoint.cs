using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Layout;

/// <summary>Serves the three files that pages load.</summary>
internal static class AssetEndpoint
{
    internal const string Route = "/assets/{name}";

    internal static async Task Serve(string name, HttpContext context)
    {
        var asset = Asset.All.FirstOrDefault(asset => asset.FileName == name);
        if (asset is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ETag = $"\"{asset.Hash}\"";
        headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch == headers.ETag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = asset.Type;
        var brotli = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (brotli)
            headers.ContentEncoding = "br";
        var bytes = brotli ? asset.Compressed : asset.Bytes;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
