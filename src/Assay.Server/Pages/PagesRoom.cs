using Assay.Server.Identity;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Reading;
using Assay.Server.Pages.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Pages;

/// <summary>The door of the pages: they show, and decide nothing.</summary>
internal static class PagesRoom
{
    /// <summary>Static rendering of components, nothing else.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services;
    }

    /// <summary>Errors as pages for browsers; behind the door, which refuses in JSON.</summary>
    public static void UsePageErrors(this IApplicationBuilder app) => app.UseMiddleware<PageErrors>();

    /// <summary>Every page, one line each.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").ExcludeFromDescription();
        files.MapGet(AssetEndpoint.Route, AssetEndpoint.Serve).Allows(Permission.Public);
        files.MapGet(Theme.Route, Theme.Choose).Allows(Permission.Public);

        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter<VisitFilter>().Allows(Permission.Read);
        pages.MapGet("/ledger", LedgerPages.List);
        pages.MapGet("/ledger/{id}", LedgerPages.One);
        pages.MapGet("/help/reading", ReadingEndpoint.Show);
    }
}
