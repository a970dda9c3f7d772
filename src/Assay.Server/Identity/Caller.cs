using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>The principal behind a request, as a parameter of its handler.</summary>
public sealed record Caller(Principal Principal)
{
    static readonly object Key = new();

    /// <summary>Sets who asks; done once, by the gate at the door.</summary>
    internal static void Set(HttpContext context, Principal principal) => context.Items[Key] = new Caller(principal);

    /// <summary>Who asks.</summary>
    public static Caller Of(HttpContext context) => context.Items[Key] as Caller ?? throw new InvalidOperationException("the request did not pass the door");

    /// <summary>Lets minimal API handlers take a caller.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context));
}
