using Assay.Server.Access.Policy;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access.People.Sessions;

/// <summary>
/// The cookies that carry a session and a sign-in under way: never seen by script, sent along only when a person comes here on their own, and with
/// <c>__Host-</c> bound to this very host by the browser. An audience of http on loopback has no https to insist on.
/// </summary>
public sealed class SessionCookie
{
    /// <summary>The cookie of a session.</summary>
    public static readonly SessionCookie Session = new("assay");

    /// <summary>The cookie of a sign-in on its way to the provider and back.</summary>
    public static readonly SessionCookie Trip = new("assay-signin");

    readonly string name;

    SessionCookie(string name) => this.name = name;

    /// <summary>What came along; null when nothing did.</summary>
    public string? Read(HttpRequest request, AccessPolicy policy) => request.Cookies[Name(policy)] is { Length: > 0 and <= 200 } value ? value : null;

    /// <summary>Gives it to the browser; it is gone when the browser is closed, or after <paramref name="lifetime"/>.</summary>
    public void Give(HttpResponse response, AccessPolicy policy, string value, TimeSpan? lifetime = null) => response.Cookies.Append(Name(policy), value, Options(policy, lifetime));

    /// <summary>Takes it from the browser.</summary>
    public void Take(HttpResponse response, AccessPolicy policy) => response.Cookies.Delete(Name(policy), Options(policy, null));

    string Name(AccessPolicy policy) => Secure(policy) ? "__Host-" + name : name;

    static bool Secure(AccessPolicy policy) => policy.Audience.Scheme == Uri.UriSchemeHttps;

    static CookieOptions Options(AccessPolicy policy, TimeSpan? lifetime) =>
        new() { Path = "/", HttpOnly = true, Secure = Secure(policy), SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = lifetime };
}
