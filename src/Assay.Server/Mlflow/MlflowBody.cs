using System.Text;
using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Mlflow;

/// <summary>
/// The arguments of one request, wherever they stand: in the JSON body, or, where there is none, in the query string; parts of the path go first.
/// A missing body is <c>{}</c>, a body that is a JSON text holding JSON is decoded twice, as MLflow's own server does.
/// </summary>
sealed class MlflowBody : IDisposable
{
    static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;
    static readonly JsonDocumentOptions Plain = new() { MaxDepth = (int)WireLimits.Nesting.Most };
    readonly IDisposable?[] held;

    MlflowBody(HttpContext context, JsonElement? root, Refusal? refusal, params IDisposable?[] held)
    {
        (this.held, Refusal) = (held, refusal);
        Arguments = new(root ?? Nothing, root is null ? context.Request.Query : null, context.Request.RouteValues);
    }

    /// <summary>Why it cannot be read.</summary>
    public Refusal? Refusal { get; }

    public MlflowArguments Arguments { get; }

    public static async Task<MlflowBody> Read(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Query.Count > 0)
            return new(context, null, null);
        if ((HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method)) && ContentTypeRefusal(request.ContentType) is { } type)
            return new(context, null, type);
        if (request.ContentLength == 0 || (request.ContentLength is null && !request.Headers.ContainsKey("Transfer-Encoding")))
            return new(context, null, null);
        // Counted here: the web server would break the connection while the client still sends, and the refusal would not arrive.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        if (request.ContentLength > WireLimits.Body.Most)
            return new(context, null, MlflowRefusals.BodyTooLarge(request.ContentLength));
        var (bytes, place) = await Whole(context);
        try
        {
            if (bytes is not { } body)
                return new(context, null, MlflowRefusals.BodyTooLarge(null), place);
            // The parser works in arrays of a pool, which keeps one of each size for every thread that ever gave one back: many times what is
            // needed at once. A large body therefore is parsed on a thread of its own, with which they go.
            var (root, refusal, document) = body.Length <= LargeBodies.Small ? Parse(body)
                : await Task.Factory.StartNew(() => Parse(body), context.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return new(context, root, refusal, document, place);
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var one in held)
            one?.Dispose();
    }

    /// <summary>The bytes of the body, null when they are more than are taken; and the place of a large one.</summary>
    static async Task<(ReadOnlyMemory<byte>? Bytes, IDisposable? Place)> Whole(HttpContext context)
    {
        var announced = context.Request.ContentLength ?? WireLimits.Body.Most;
        var buffer = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 4096, LargeBodies.Small));
        var reader = context.Request.BodyReader;
        var place = context.Request.ContentLength > LargeBodies.Small ? await Place(context, announced) : null;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                var needed = buffer.Length + read.Buffer.Length;
                if (needed > LargeBodies.Small && place is null)
                    place = await Place(context, announced);
                var over = needed > WireLimits.Body.Most;
                if (!over && needed > buffer.Capacity)
                    buffer.Capacity = (int)Math.Max(needed, Math.Min(2L * buffer.Capacity, announced));   // as it comes, not as it is announced
                foreach (var piece in over ? default : read.Buffer)
                    buffer.Write(piece.Span);
                reader.AdvanceTo(read.Buffer.End);
                if (over)
                    return (null, place);
                if (read.IsCompleted)
                    return (new(buffer.GetBuffer(), 0, (int)buffer.Length), place);
            }
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    static Task<IDisposable> Place(HttpContext context, long bytes) => context.RequestServices.GetRequiredService<LargeBodies>().Take(bytes, context.RequestAborted);

    static (JsonElement? Root, Refusal? Refusal, JsonDocument? Document) Parse(ReadOnlyMemory<byte> bytes, bool again = false)
    {
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
            return default;
        // Each value costs the parser some bytes of its own: without this a small body could ask for many times its size.
        if (JsonShape.Values(bytes.Span) > WireLimits.Values.Most)
            return (null, MlflowRefusals.TooManyValues(), null);
        JsonDocument? document;
        JsonElement root;
        try
        {
            // What comes of a large body has memory of its own, for the same reason: a document would give its arrays back on any thread.
            document = bytes.Length > LargeBodies.Small ? null : JsonDocument.Parse(bytes, Plain);
            root = document?.RootElement ?? JsonElement.Parse(bytes.Span, Plain);
        }
        catch (JsonException e)
        {
            return (null, JsonShape.Depth(bytes.Span) > WireLimits.Nesting.Most ? MlflowRefusals.TooDeep() : MlflowRefusals.NotJson(e), null);
        }
        if (!JsonShape.NamesAreSound(bytes.Span))
            return (null, MlflowRefusals.UnsoundName(), document);
        return root.ValueKind switch
        {
            JsonValueKind.Object => (root, null, document),
            JsonValueKind.Null => (null, null, document),
            JsonValueKind.String when !again => Twice(root, document),
            _ => (null, MlflowRefusals.NotAnObject(root.ValueKind), document),
        };
    }

    static (JsonElement?, Refusal?, JsonDocument?) Twice(JsonElement text, JsonDocument? document)
    {
        using (document)
            return MlflowValues.TryText(text, out var inner) ? Parse(Encoding.UTF8.GetBytes(inner), again: true) : (null, MlflowRefusals.NotAnObject(JsonValueKind.String), null);
    }

    static Refusal? ContentTypeRefusal(string? type)
    {
        if (string.IsNullOrWhiteSpace(type))
            return MlflowRefusals.NoContentType();
        var media = type.Split(';', 2)[0].Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null : MlflowRefusals.ContentType(type);
    }
}
