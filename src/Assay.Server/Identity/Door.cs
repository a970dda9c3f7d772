using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>
/// The first thing a request meets (identity.md). It must name us as host and come from no foreign page; in local mode, through no proxy either.
/// Then it gets its principal. A loopback address alone protects nobody: a web page in the same browser can reach it too.
/// </summary>
sealed class Door(RequestDelegate next, DoorRules rules, IPrincipals principals, Authorizer authorizer, IRefusalWitness witness)
{
    static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "X-Real-IP", "Via"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (Objection(context.Request) is { } objection)
        {
            witness.Unknown(context, objection);
            await DoorRefusal.Write(context, objection);
            return;
        }
        var named = context.Request.Headers["X-Assay-As"].ToString();
        var who = !principals.Configured ? ActingAs(named) : named.Length > 0 ? DoorRefusal.NotLocal() : await principals.Of(context);
        if (!who.Ok)
        {
            witness.Unknown(context, who.Refusal!);
            await DoorRefusal.Write(context, who.Refusal!);
            return;
        }
        Caller.Set(context, new(who.Value, authorizer));
        await next(context);
    }

    Contracts.Refusal? Objection(HttpRequest request)
    {
        var local = !principals.Configured;
        if (!rules.Knows(request.Host.Host) && (local || !principals.Knows(request.Host.Host)))
            return DoorRefusal.Host(request.Host.Host);
        if (local && Array.Find(ProxyHeaders, h => request.Headers.ContainsKey(h)) is { } proxied)
            return DoorRefusal.Proxy(proxied);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return null;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsOurs(origin, request))
            return DoorRefusal.Origin(origin);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0 && site is not ("same-origin" or "none") ? DoorRefusal.Origin($"Sec-Fetch-Site: {site}") : null;
    }

    /// <summary>Does an Origin header name this very server?</summary>
    bool IsOurs(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && (rules.Knows(uri.Host) || (principals.Configured && principals.Knows(uri.Host)))
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Local mode lets a caller name an actor, <c>NAME[:ROLE]</c>, still unverified, so that approvals by two people can be tried.</summary>
    static Contracts.Result<Principal> ActingAs(string header)
    {
        if (header.Length == 0)
            return Principal.Local;
        var parts = header.Split(':', 2);
        if (parts[0].Length is 0 or > 100 || parts[0].Any(char.IsControl))
            return DoorRefusal.Actor(header);
        return Principal.Local with { Id = parts[0], Roles = parts.Length > 1 ? [.. parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)] : [] };
    }
}

/// <summary>Which host names are ours.</summary>
public sealed class DoorRules(IEnumerable<string> hosts)
{
    readonly HashSet<string> known = new([.. hosts, "localhost", "127.0.0.1", "[::1]", "::1"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Is it a loopback name or one given with <c>--host</c>?</summary>
    public bool Knows(string host) => known.Contains(host);
}
