using Assay.Server.Identity;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Retries;

/// <summary>An answer as it was given: what a retry gets again.</summary>
sealed record KeptAnswer(int Status, string? MediaType, string? Location, byte[] Content)
{
    /// <summary>Gives it again, and says that it is a repetition.</summary>
    public async Task Replay(HttpContext context)
    {
        Caller.Of(context).AnsweredBefore();
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = MediaType;
        if (Location is not null)
            response.Headers.Location = Location;
        response.Headers[RequestKey.ReplayedHeader] = "true";
        await Write(response.Body, context.RequestAborted);
    }

    /// <summary>Writes the body, where there is one: a 204 has none, and takes none.</summary>
    public ValueTask Write(Stream body, CancellationToken ct) => Content.Length == 0 ? ValueTask.CompletedTask : body.WriteAsync(Content, ct);
}
