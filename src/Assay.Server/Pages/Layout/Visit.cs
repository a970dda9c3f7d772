using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Layout;

/// <summary>What the frame of a page knows about the request: set once by the filter of all pages.</summary>
/// <param name="Now">The moment everything on the page is told at.</param>
/// <param name="Started">Timestamp of the clock when the request reached the page.</param>
/// <param name="Clock">The server's clock.</param>
/// <param name="Local">Local mode: identity is unverified.</param>
/// <param name="Who">The reader, as far as known.</param>
/// <param name="SignedIn">Did the reader sign in with this browser, and can sign out?</param>
public sealed record Visit(DateTimeOffset Now, long Started, TimeProvider Clock, bool Local, string? Who, bool SignedIn)
{
    /// <summary>The time the page took until now.</summary>
    public TimeSpan Took => Clock.GetElapsedTime(Started);

    /// <summary>The visit of this request.</summary>
    public static Visit Of(HttpContext context) => context.Features.Get<Visit>()
        ?? throw new InvalidOperationException("A page was drawn outside the group of pages: its endpoint lacks the filter that sets the visit.");
}
