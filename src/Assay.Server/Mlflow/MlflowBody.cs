using System.Text;
using System.Text.Json;
using Assay.Contracts;
using Assay.Contracts.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Assay.Server.Mlflow;

/// <summary>
/// The arguments of one request, wherever they stand: in the JSON body, or, where there is none, in the query string; parts of the path go first.
/// A missing body is <c>{}</c>, a body that is a JSON text holding JSON is decoded twice, as MLflow's own server does.
/// </summary>
sealed class MlflowBody : IDisposable
{
    static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;
    static readonly JsonDocumentOptions Plain = new() { MaxDepth = (int)WireLimits.Nesting.Most };
    readonly JsonDocument? document;

    MlflowBody(HttpContext context, JsonDocument? document, Refusal? refusal)
    {
        (this.document, Refusal) = (document, refusal);
        var root = document?.RootElement ?? Nothing;
        Arguments = new(root, document is null ? context.Request.Query : null, context.Request.RouteValues);
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
        if (request.ContentLength > WireLimits.Body.Most || await Whole(context) is not { } body)
            return new(context, null, MlflowRefusals.BodyTooLarge(request.ContentLength));
        return Parse(context, body);
    }

    public void Dispose() => document?.Dispose();

    /// <summary>The bytes of the body; null when they are more than are taken.</summary>
    static async Task<ReadOnlyMemory<byte>?> Whole(HttpContext context)
    {
        var buffer = new MemoryStream(checked((int)Math.Min(context.Request.ContentLength ?? 4096, 1 << 20)));
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var over = buffer.Length + read.Buffer.Length > WireLimits.Body.Most;
            foreach (var piece in over ? default : read.Buffer)
                buffer.Write(piece.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (over)
                return null;
            if (read.IsCompleted)
                return new(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
    }

    static MlflowBody Parse(HttpContext context, ReadOnlyMemory<byte> bytes, bool again = false)
    {
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
            return new(context, null, null);
        // Each value costs the parser some bytes of its own: without this a small body could ask for many times its size.
        if (JsonShape.Values(bytes.Span) > WireLimits.Values.Most)
            return new(context, null, MlflowRefusals.TooManyValues());
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Plain);
        }
        catch (JsonException e)
        {
            return new(context, null, JsonShape.Depth(bytes.Span) > WireLimits.Nesting.Most ? MlflowRefusals.TooDeep() : MlflowRefusals.NotJson(e));
        }
        if (!JsonShape.NamesAreSound(bytes.Span))
        {
            document.Dispose();
            return new(context, null, MlflowRefusals.UnsoundName());
        }
        if (document.RootElement.ValueKind is JsonValueKind.String && !again)
        {
            using (document)
                return MlflowValues.TryText(document.RootElement, out var text) ? Parse(context, Encoding.UTF8.GetBytes(text), again: true) : new(context, null, MlflowRefusals.NotAnObject(JsonValueKind.String));
        }
        if (document.RootElement.ValueKind is JsonValueKind.Object)
            return new(context, document, null);
        var kind = document.RootElement.ValueKind;
        document.Dispose();
        return kind is JsonValueKind.Null ? new(context, null, null) : new(context, null, MlflowRefusals.NotAnObject(kind));
    }

    static Refusal? ContentTypeRefusal(string? type)
    {
        if (string.IsNullOrWhiteSpace(type))
            return MlflowRefusals.NoContentType();
        var media = type.Split(';', 2)[0].Trim();
        return media.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null : MlflowRefusals.ContentType(type);
    }
}
