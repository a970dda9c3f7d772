using Microsoft.AspNetCore.Components;

namespace Assay.Server.Pages.Layout;

/// <summary>A page that draws one view and knows nothing else.</summary>
/// <typeparam name="TView">What the page shows; made by its endpoint from the rooms' faces.</typeparam>
public abstract class Drawing<TView> : ComponentBase
{
    // A view is internal and a component parameter is public, so that it comes in as an object.
    /// <summary>The view as the renderer hands it in.</summary>
    [Parameter, EditorRequired] public object? Given { get; set; }

    /// <summary>What the page shows.</summary>
    protected TView View => (TView)Given!;
}
