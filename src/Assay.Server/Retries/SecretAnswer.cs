using Microsoft.AspNetCore.Builder;

namespace Assay.Server.Retries;

/// <summary>
/// Metadata of a route whose answer holds a secret that is shown once. Neither the answer nor the results of its units are kept for a retry: an
/// <c>Idempotency-Key</c> does nothing there.
/// </summary>
public sealed record SecretAnswer;

/// <summary>Where the route is declared.</summary>
public static class SecretAnswers
{
    /// <summary>The answer holds a secret: it is given once and kept nowhere.</summary>
    public static TBuilder KeepsNoAnswer<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new SecretAnswer());
}
