using Assay.Contracts;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Retries;

/// <summary>
/// The <c>Idempotency-Key</c> of a request (draft-ietf-httpapi-idempotency-key-header). A key belongs to the principal, method and path that it
/// came with: the same text elsewhere is another key.
/// </summary>
sealed record RequestKey(string Text, string Request)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Says that an answer is the one that was given to the first request with the key.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    const int Longest = 255;

    /// <summary>Reads it. The draft writes a quoted string; bare text, as many clients send it, is the same key.</summary>
    public static Result<RequestKey> Of(HttpContext context)
    {
        var values = context.Request.Headers[Header];
        var text = values.ToString().Trim();
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"')
            text = text[1..^1];
        if (values.Count != 1 || text.Length is 0 or > Longest || text.Any(c => c is < ' ' or > '~'))
            return RetryRefusals.BadKey(Longest);
        var (request, who) = (context.Request, Caller.Of(context).Principal);
        return new RequestKey(text, Digest.Of($"{who}\n{request.Method}\n{request.Path}\n{text}").Hex);
    }
}
