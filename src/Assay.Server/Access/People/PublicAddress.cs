using Assay.Server.Access.Policy;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access.People;

/// <summary>The address under which people reach this registry, as scheme and authority: the audience of the access policy.</summary>
public static class PublicAddress
{
    /// <summary>
    /// The address that links and cookies are made for. An audience of http on loopback is for tests and first tries: its port is the request's
    /// (RFC 8252 §7.3 treats loopback so).
    /// </summary>
    public static string Of(AccessPolicy policy, HttpRequest request) =>
        policy.Audience.Scheme == Uri.UriSchemeHttps ? policy.Audience.GetLeftPart(UriPartial.Authority) : $"http://{request.Host}";

    /// <summary>
    /// May a request with a browser's cookie do what it asks? A browser sends its cookie whoever makes it ask: the door refuses what says that it comes
    /// from elsewhere, and here what says nothing is refused too, where it would change something.
    /// </summary>
    public static bool IsAskedByOurPage(AccessPolicy policy, HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 ? string.Equals(origin, Of(policy, request), StringComparison.OrdinalIgnoreCase) : request.Headers["Sec-Fetch-Site"] == "same-origin";
    }

    /// <summary>A path of ours to go back to; <c>/</c> for anything that could lead elsewhere.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= 2000 && !address.Any(c => char.IsControl(c) || c == '\\') ? address : "/";
}
