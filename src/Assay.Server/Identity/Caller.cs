using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>The principal behind a request, as a parameter of its handler, and the questions that a handler may have to ask about it.</summary>
public sealed class Caller(Principal principal, Authorizer authorizer)
{
    static readonly object Key = new();

    /// <summary>Who asks.</summary>
    public Principal Principal => principal;

    /// <summary>Was it asked what the caller may? A handler that has to ask and did not is a hole (<see cref="RouteGuard"/>).</summary>
    internal bool Asked { get; private set; }

    /// <summary>May the caller do this? Null when it may. For routes that name what they touch in their body, or know it only once it is found.</summary>
    public Task<Refusal?> Must(Permission permission, Touched touched, CancellationToken ct)
    {
        Asked = true;
        return authorizer.Check(principal, permission, touched, ct);
    }

    /// <summary>This very caller was given the answer before, and gets it again.</summary>
    public void AnsweredBefore() => Asked = true;

    /// <summary>What the caller may look at. For lists and searches.</summary>
    public Sees Sees
    {
        get
        {
            Asked = true;
            return field ??= new(principal);
        }
    }

    /// <summary>Sets who asks; done once, by the gate at the door.</summary>
    internal static void Set(HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>Who asks.</summary>
    public static Caller Of(HttpContext context) => context.Items[Key] as Caller ?? throw new InvalidOperationException("the request did not pass the door");

    /// <summary>Lets minimal API handlers take a caller.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(Of(context));
}
