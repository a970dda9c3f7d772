using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Pages.Layout;

/// <summary>Turns a view into its page. Handlers return <see cref="IResult"/>: signatures that name a Razor type do not compile with the request delegate generator.</summary>
internal static class Drawn
{
    /// <summary>Draws a page, whole, with the status.</summary>
    internal static IResult As<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(object? view = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new TaggedPage(new RazorComponentResult<TPage>(view is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { [nameof(Drawing<>.Given)] = view })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        });
}
