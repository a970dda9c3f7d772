using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Retries;

/// <summary>
/// Requests with an <c>Idempotency-Key</c>: the first answer to a key is kept for <see cref="KeySweep.Kept"/> and given again to a retry; whatever
/// of the first request was done is never done again. Requests without a key, reading ones, and those whose answer is a secret, pass.
/// </summary>
sealed partial class KeyedRequests(RequestDelegate next, Store store, TimeProvider time, ILogger<KeyedRequests> log)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.ContainsKey(RequestKey.Header) && ChangesState(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>() is null ? Once(context) : next(context);

    static bool ChangesState(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    async Task Once(HttpContext context)
    {
        var read = RequestKey.Of(context);
        if (!read.Ok)
            throw new RefusedException(read.Refusal!, StatusCodes.Status400BadRequest);
        var (key, body) = (read.Value, await KeyedBody.Take(context));
        if (await Kept(key, context.RequestAborted) is { Body: not null } before)
            await Again(context, key, body, before);
        else
            await First(context, key, body);
    }

    static async Task Again(HttpContext context, RequestKey key, KeyedBody body, (string Body, KeptAnswer Answer) before)
    {
        if ((await body.Drain(context.RequestAborted)).ToString() != before.Body)
            throw RetryRefusals.OtherBody(key);
        await before.Answer.Replay(context);
    }

    async Task First(HttpContext context, RequestKey key, KeyedBody body)
    {
        var (client, units) = (context.Response.Body, new KeyedUnits(key, body.Digest, time));
        var held = new HeldResponse(client);
        context.Response.Body = held;
        try
        {
            store.Remember(units);
            await next(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Response.Body = client;
        }
        if (held.LetThrough)
            return;
        var response = context.Response;
        var answer = new KeptAnswer(response.StatusCode, response.ContentType, response.Headers.Location is { Count: > 0 } at ? at.ToString() : null, held.Content);
        // A call that wrote nothing, or was refused, may simply be made again.
        if (units.Steps > 0 && answer.Status is >= 200 and < 300 && await Keep(key, body.Digest(), answer) is { } twin)
            await twin.Replay(context);
        else
            await answer.Write(client, context.RequestAborted);
    }

    /// <summary>Keeps an answer; gives the one that a twin kept first, if there is one.</summary>
    async Task<KeptAnswer?> Keep(RequestKey key, Digest body, KeptAnswer answer)
    {
        try
        {
            var kept = 0;
            await store.Do(async tx => kept = await tx.Execute(RetrySql.KeepAnswer, ("request", key.Request), ("body", body), ("status", answer.Status), ("type", answer.MediaType),
                ("location", answer.Location), ("content", answer.Content), ("at", time.GetUtcNow())), CancellationToken.None);
            return kept > 0 ? null : (await Kept(key, CancellationToken.None)).Answer;
        }
        catch (StoreUnavailableException e)
        {
            // It was done and is remembered unit by unit: the client may have its answer.
            NotKept(log, e.Message);
            return null;
        }
    }

    Task<(string Body, KeptAnswer Answer)> Kept(RequestKey key, CancellationToken ct) => store.First(RetrySql.Answer, ct, ("request", key.Request));

    [LoggerMessage(LogLevel.Warning, "An answer to an Idempotency-Key was not kept: {Reason}")]
    static partial void NotKept(ILogger log, string reason);
}
