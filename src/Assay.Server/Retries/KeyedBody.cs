using System.Security.Cryptography;
using System.Text;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Retries;

/// <summary>
/// The body of a request with a key, and the digest of it and the query. A small one is read whole before its handler runs; a larger one streams
/// on to its handler and is hashed on the way.
/// </summary>
sealed class KeyedBody
{
    const int MostHeld = 1 << 20;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly HttpContext context;
    Digest? digest;

    KeyedBody(HttpContext context)
    {
        this.context = context;
        hash.AppendData(Encoding.UTF8.GetBytes(context.Request.QueryString + "\n"));
        context.Response.RegisterForDispose(hash);
    }

    /// <summary>Takes a request's body.</summary>
    public static async Task<KeyedBody> Take(HttpContext context)
    {
        var body = new KeyedBody(context);
        if (IsHeld(context.Request))
            await body.Hold();
        else
            context.Request.Body = new HashedStream(context.Request.Body, body.hash, body.Ended);
        return body;
    }

    /// <summary>The digest; a body that streams must have been read to its end.</summary>
    public Digest Digest() => digest ?? throw new InvalidOperationException("a unit of work began before the body of its request was read");

    /// <summary>The digest of a body that nobody else reads.</summary>
    public async Task<Digest> Drain(CancellationToken ct)
    {
        if (digest is null)
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = null;
            await context.Request.Body.CopyToAsync(Stream.Null, ct);
        }
        return Digest();
    }

    /// <summary>What is small, or nothing, is held; the rest may be of any size.</summary>
    static bool IsHeld(HttpRequest request) =>
        request.ContentLength is { } length ? length <= MostHeld : !request.Headers.ContainsKey("Transfer-Encoding");

    async Task Hold()
    {
        var held = new MemoryStream();
        await context.Request.Body.CopyToAsync(held, context.RequestAborted);
        hash.AppendData(held.GetBuffer(), 0, (int)held.Length);
        held.Position = 0;
        context.Request.Body = held;
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(new Read());
        Ended();
    }

    void Ended() => digest ??= Contracts.Digest.FromHash(hash.GetHashAndReset());

    /// <summary>Handlers of files lift the limit before they read; what is held here has been read.</summary>
    sealed class Read : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }
}
