using Assay.Contracts;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Artifacts;

/// <summary>
/// One content as an HTTP answer: whole or one range of it, with its digest as entity tag. A whole content is checked on its way out: a small
/// one before the first byte, a larger one before the last, so that nobody ever receives damaged bytes as a complete answer.
/// </summary>
public sealed class ContentDownload : IResult
{
    /// <summary>Up to here a content is checked before anything is sent.</summary>
    const int Small = 1 << 20;

    readonly Digest digest;
    readonly OpenContent? open;
    readonly byte[]? checkedBytes;
    readonly ContentConditions conditions;
    readonly string name;
    readonly string mediaType;

    ContentDownload(Digest digest, OpenContent? open, byte[]? checkedBytes, ContentConditions conditions, string name, string mediaType) =>
        (this.digest, this.open, this.checkedBytes, this.conditions, this.name, this.mediaType) = (digest, open, checkedBytes, conditions, name, mediaType);

    /// <summary>Opens a content as a request asks for it; a refusal when it is missing or its size is not <paramref name="size"/>.</summary>
    public static async Task<Result<ContentDownload>> Open(IContentStore contents, Digest digest, long size, string name, string mediaType, HttpContext context)
    {
        var conditions = ContentConditions.Of(context.Request, digest, size);
        if (conditions.Status is not (StatusCodes.Status200OK or StatusCodes.Status206PartialContent))
            return new ContentDownload(digest, null, null, conditions, name, mediaType);
        var open = await contents.Open(digest, conditions.Range, context.RequestAborted);
        if (open is null)
            return ArtifactRefusals.Damaged(digest, "it is not there");
        if (open.Size != size)
        {
            await open.DisposeAsync();
            return ArtifactRefusals.Damaged(digest, $"{open.Size} bytes of {size} are there");
        }
        if (conditions.Range is not null || size > Small)
            return new ContentDownload(digest, open, null, conditions, name, mediaType);
        await using (open)
            return await ContentReading.Whole(open, digest, context.RequestAborted) is { } bytes
                ? new ContentDownload(digest, null, bytes, conditions, name, mediaType)
                : ArtifactRefusals.Damaged(digest, "its bytes are not those that were stored");
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var _ = open;
        Describe(httpContext.Response);
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        if (checkedBytes is not null)
            await httpContext.Response.Body.WriteAsync(checkedBytes, httpContext.RequestAborted);
        else if (open is not null)
            await Send(open.Bytes, httpContext);
    }

    /// <summary>An answer that has begun can only be broken off: the client sees that it is not whole.</summary>
    async Task Send(Stream bytes, HttpContext context)
    {
        var log = context.RequestServices.GetRequiredService<ILogger<ContentDownload>>();
        try
        {
            if (await ContentCopy.Run(bytes, context.Response.Body, conditions.Count, conditions.Range is null ? digest : null, context.RequestAborted))
                return;
            ArtifactLog.Damaged(log, digest);
        }
        catch (StoreUnavailableException e) when (context.Response.HasStarted)
        {
            ArtifactLog.BrokenOff(log, digest, e.Message);
        }
        context.Abort();
    }

    void Describe(HttpResponse response)
    {
        response.StatusCode = conditions.Status;
        var headers = response.Headers;
        headers.AcceptRanges = "bytes";
        headers.ETag = $"\"{digest.Hex}\"";
        if (conditions.Status is StatusCodes.Status416RangeNotSatisfiable)
            headers.ContentRange = $"bytes */{conditions.Size}";
        if (conditions.Status is not (StatusCodes.Status200OK or StatusCodes.Status206PartialContent))
            return;
        if (conditions.Range is { } range)
            headers.ContentRange = $"bytes {range.From}-{range.From + range.Count - 1}/{conditions.Size}";
        response.ContentLength = conditions.Count;
        response.ContentType = mediaType;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        headers.ContentDisposition = disposition.ToString();
    }
}
