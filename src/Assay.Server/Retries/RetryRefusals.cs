using Assay.Contracts;
using Assay.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Retries;

static class RetryRefusals
{
    public static Refusal BadKey(int longest) => new(RefusalKind.Invalid, "bad-idempotency-key", $"The header Idempotency-Key is not one text of 1 to {longest} printable ASCII characters.",
        "Send a new UUID with each request, and the same one again when the request is sent again.", RequestKey.Header);

    /// <summary>422 on our own routes, 400 in MLflow's form.</summary>
    public static RefusedException OtherBody(RequestKey key) => new(new(RefusalKind.Invalid, "idempotency-key-reused",
        $"The Idempotency-Key '{key.Text}' came before with another body or query: a key stands for one request.",
        "Send a new key with a new request; to retry, send the very same body.", RequestKey.Header), StatusCodes.Status422UnprocessableEntity);

    public static RefusedException OutcomeLost(RequestKey key) => new(new(RefusalKind.Conflict, "idempotency-outcome-unknown",
        $"The first request with the Idempotency-Key '{key.Text}' was done, but what it answered cannot be told again.",
        "Nothing was done twice. Read what it was about to see the outcome; send a new key to ask for more.", RequestKey.Header), StatusCodes.Status409Conflict);
}
