using Assay.Server.Access;
using Assay.Server.Access.Exchange;
using Assay.Server.Access.People;
using Assay.Server.Access.People.Devices;
using Assay.Server.Access.People.Personal;
using Assay.Server.Artifacts;
using Assay.Server.Capture;
using Assay.Server.Deployments;
using Assay.Server.Drift;
using Assay.Server.Events;
using Assay.Server.Evidence;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Mlflow;
using Assay.Server.Pages;
using Assay.Server.Policies;
using Assay.Server.Promotions;
using Assay.Server.Registry;
using Assay.Server.Retries;
using Assay.Server.Tracking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server;

/// <summary>The list of rooms in floor order, and the order in which a request meets them.</summary>
public static class App
{
    /// <summary>The rooms that have tables, lowest floor first.</summary>
    internal static readonly IReadOnlyList<string> Rooms = ["Identity", "Ledger", "Events", "Retries", "Access", "Tracking", "Artifacts", "Deployments", "Capture", "Registry", "Evidence", "Policies", "Promotions", "Drift"];

    internal static void AddRooms(this IServiceCollection services) => services
        .AddLedger()
        .AddEvents()
        .AddRetries()
        .AddAccess()
        .AddTracking()
        .AddDeployments()
        .AddArtifacts()
        .AddCapture()
        .AddRegistry()
        .AddEvidence()
        .AddPolicies()
        .AddPromotions()
        .AddDrift()
        .AddPages();

    internal static void MapRooms(this WebApplication app)
    {
        var api = app.MapGroup("/api/assay/v1");
        api.MapAccess();
        api.MapTokens();
        api.MapFirstAdmin();
        api.MapPeople();
        app.MapDevices();
        api.MapLedger();
        api.MapDeployments();
        api.MapCapture();
        api.MapRegistry();
        api.MapImports();
        api.MapEvidence();
        api.MapPolicies();
        api.MapPromotions();
        api.MapDrift();
        app.MapExchange();
        app.MapMlflow();
        app.MapPages();
    }

    internal static void Use(WebApplication app)
    {
        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<RequestErrors>();
        app.UseMiddleware<MlflowNet>();
        app.UseMiddleware<SoundQuery>();
        app.UseMiddleware<HostilePaths>();
        app.UseTrustedProxies();
        app.UseMiddleware<Door>();
        app.UseRateLimits();
        app.UseMiddleware<RouteGuard>();
        app.UseIdempotencyKeys();
        app.UsePageErrors();
        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics").Open();
        app.MapOpenApi("/openapi/{documentName}.json").Open();
        app.MapRooms();
        Routes.RequirePermissions(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
    }
}
