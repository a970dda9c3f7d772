using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's wire: translates, decides nothing.</summary>
internal static class MlflowRoom
{
    /// <summary>
    /// What <c>GET /version</c> says. It is a feature switch, not a name: from 3.4 on clients would send spans to <c>/v1/traces</c>, which is not served.
    /// </summary>
    public const string Level = "3.3.2";

    public static void MapMlflow(this WebApplication app)
    {
        var mlflow = new MlflowRoutes(app);
        var services = app.Services;
        var versions = new VersionJson(services.GetRequiredService<ServerOptions>());
        ActivatorUtilities.CreateInstance<ExperimentRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<RunRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<MetricRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<LoggedModelRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<ArtifactRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<MultipartRoutes>(services).Map(mlflow);
        ActivatorUtilities.CreateInstance<RegisteredModelRoutes>(services, versions).Map(mlflow);
        ActivatorUtilities.CreateInstance<ModelVersionRoutes>(services, versions).Map(mlflow);
        ActivatorUtilities.CreateInstance<RegistrySearchRoutes>(services, versions).Map(mlflow);
        NotBuiltRoutes.Map(mlflow);
        app.MapGet("/version", () => TypedResults.Text(Level)).ExcludeFromDescription().Open();
    }
}
