using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Layout;

/// <summary>A page that tells times: it knows the moment it is told at.</summary>
public abstract class Told<TView> : Drawing<TView>
{
    /// <summary>The request; given by the renderer.</summary>
    [CascadingParameter] public HttpContext Context { get; set; } = null!;

    /// <summary>The moment everything on the page is told at.</summary>
    protected DateTimeOffset Now => Visit.Of(Context).Now;
}
