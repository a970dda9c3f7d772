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
using Assay.Server.Pages.SignIn;
using Assay.Server.Pages.State;
using Assay.Server.Pages.Version;
using Assay.Server.Pages.Why;
using Assay.Server.Pages.You;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Pages;

/// <summary>The door of the pages: they show, and decide nothing.</summary>
internal static class PagesRoom
{
    /// <summary>Whoever looks may look at the head alone, as link checkers do.</summary>
    static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Static rendering of components, nothing else.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // What markup means is still encoded; a thin space or a middle dot goes as itself, in two bytes for six.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services.AddSingleton<IRefusalPages, RefusalPages>().AddSingleton<SlotLines>().AddSingleton<Served>().AddSingleton<Sources>().AddSingleton<VersionStory>();
    }

    /// <summary>Errors as pages for browsers; behind the door, which refuses in JSON.</summary>
    public static void UsePageErrors(this IApplicationBuilder app) => app.UseMiddleware<PageErrors>();

    /// <summary>Every page, one line each.</summary>
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").ExcludeFromDescription();
        files.MapGet(AssetEndpoint.Route, AssetEndpoint.Serve).Open();
        files.MapGet(Theme.Route, Theme.Choose).Open();

        app.MapJsonTwins();
        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter<VisitFilter>();
        pages.MapMethods("/", Looking, OverviewPages.Show).Lists();
        pages.MapMethods("/models", Looking, OverviewPages.Show).Lists();
        pages.MapMethods("/models/{model}", Looking, ModelPages.Show).Allows(Permission.Read, On.Model);
        pages.MapMethods("/models/{model}/versions/{version}", Looking, VersionPages.Show).Allows(Permission.Read, On.Model);
        pages.MapMethods("/models/{model}/versions/{version}/report", Looking, ReportPages.Show).Allows(Permission.Read, On.Model);
        pages.MapMethods("/digests/{digest}", Looking, VersionPages.ByDigest).Asks(Permission.Read);
        pages.MapMethods("/models/{model}/environments/{environment}", Looking, EnvironmentPages.ModelIn).Allows(Permission.Read, On.Slot);
        pages.MapMethods("/models/{model}/environments/{environment}/why", Looking, WhyPages.Show).Allows(Permission.Read, On.Slot);
        pages.MapMethods("/why/{model}/{environment}", Looking, WhyPages.Short).Allows(Permission.Read, On.Slot);
        pages.MapMethods("/environments", Looking, EnvironmentPages.List).Lists();
        pages.MapMethods("/environments/{environment}", Looking, EnvironmentPages.One).Lists();
        pages.MapMethods("/experiments", Looking, ExperimentPages.List).Lists();
        pages.MapMethods("/experiments/{id}", Looking, ExperimentPages.Show).Allows(Permission.Read, On.Experiment);
        pages.MapMethods("/search", Looking, SearchPages.Find).Lists();
        pages.MapMethods("/status", Looking, StatePages.Show).Allows(Permission.Known, On.Nothing);
        pages.MapMethods("/runs/{id}", Looking, RunPages.Show).Allows(Permission.Read, On.Run);
        pages.MapMethods("/runs/{id}/metrics", Looking, RunPages.Metric).Allows(Permission.Read, On.Run);
        pages.MapMethods("/ledger", Looking, LedgerPages.List).Allows(Permission.Read, On.Everything);
        pages.MapMethods("/ledger/{id}", Looking, LedgerPages.One).Allows(Permission.Read, On.Everything);
        pages.MapSignIn();
        pages.MapDevice();
        pages.MapYou();
        pages.MapMethods("/help/reading", Looking, ReadingEndpoint.Show).Open();
    }
}
