using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Pages.Layout;

/// <summary>A page with its entity tag: a reader who has the same page already gets 304 and no body. What it tells of this very request (the moment for its clock, the milliseconds in the foot) is not part of the tag.</summary>
sealed class TaggedPage(IResult drawn) : IResult
{
    static ReadOnlySpan<byte> Body => "<body "u8;

    static ReadOnlySpan<byte> Content => "<a class=\"skip\""u8;

    static ReadOnlySpan<byte> Foot => "<footer class=\"foot\">"u8;

    public async Task ExecuteAsync(HttpContext context)
    {
        var (response, body) = (context.Response, context.Response.Body);
        using var page = new MemoryStream();
        response.Body = page;
        try
        {
            await drawn.ExecuteAsync(context);
        }
        finally
        {
            response.Body = body;
        }
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = TagOf(page);
            response.GetTypedHeaders().ETag = tag;
            if (context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && known.Any(had => had.Compare(tag, useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }
        response.ContentLength = page.Length;
        page.Position = 0;
        await page.CopyToAsync(body, context.RequestAborted);
    }

    static EntityTagHeaderValue TagOf(MemoryStream page)
    {
        var bytes = page.GetBuffer().AsSpan(0, (int)page.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes[..bytes.IndexOf(Body)]);
        hash.AppendData(bytes[bytes.IndexOf(Content)..bytes.LastIndexOf(Foot)]);
        return new($"\"{Convert.ToHexStringLower(hash.GetHashAndReset()[..12])}\"", isWeak: true);
    }
}
