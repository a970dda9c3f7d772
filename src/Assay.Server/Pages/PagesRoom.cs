using System.Text.Encodings.Web;
using System.Text.Unicode;
using Assay.Server.Identity;
using Assay.Server.Pages.Environment;
using Assay.Server.Pages.Errors;
using Assay.Server.Pages.Experiment;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Model;
using Assay.Server.Pages.Overview;
using Assay.Server.Pages.Parts;
using Assay.Server.Pages.Reading;
using Assay.Server.Pages.Records;
using Assay.Server.Pages.Run;
using Assay.Server.Pages.Search;
using Assay.Server.Pages.State;
using Assay.Server.Pages.Version;
using Assay.Server.Pages.Why;
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
        // What markup means is still encoded; a thin space or a middle dot goes as itself, in two bytes for six.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services.AddSingleton<SlotLines>().AddSingleton<Served>().AddSingleton<Sources>().AddSingleton<VersionStory>();
    }

    /// <summary>Errors as pages for browsers; behind the door, which refuses in JSON.</summary>
    public static void UsePageErrors(this IApplicationBuilder app) => app.UseMiddleware<PageErrors>();

    /// <summary>Every page, one line each.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").ExcludeFromDescription();
        files.MapGet(AssetEndpoint.Route, AssetEndpoint.Serve).Allows(Permission.Public);
        files.MapGet(Theme.Route, Theme.Choose).Allows(Permission.Public);

        app.MapJsonTwins();
        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter<VisitFilter>().Allows(Permission.Read);
        pages.MapGet("/", OverviewPages.Show);
        pages.MapGet("/models", OverviewPages.Show);
        pages.MapGet("/models/{model}", ModelPages.Show);
        pages.MapGet("/models/{model}/versions/{version}", VersionPages.Show);
        pages.MapGet("/digests/{digest}", VersionPages.ByDigest);
        pages.MapGet("/models/{model}/environments/{environment}", EnvironmentPages.ModelIn);
        pages.MapGet("/models/{model}/environments/{environment}/why", WhyPages.Show);
        pages.MapGet("/why/{model}/{environment}", WhyPages.Short);
        pages.MapGet("/environments", EnvironmentPages.List);
        pages.MapGet("/environments/{environment}", EnvironmentPages.One);
        pages.MapGet("/experiments", ExperimentPages.List);
        pages.MapGet("/experiments/{id}", ExperimentPages.Show);
        pages.MapGet("/search", SearchPages.Find);
        pages.MapGet("/status", StatePages.Show);
        pages.MapGet("/runs/{id}", RunPages.Show);
        pages.MapGet("/runs/{id}/metrics", RunPages.Metric);
        pages.MapGet("/ledger", LedgerPages.List);
        pages.MapGet("/ledger/{id}", LedgerPages.One);
        pages.MapGet("/help/reading", ReadingEndpoint.Show);
    }
}
