using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Deployments;

/// <summary>Environments, what CD reports and what observers see. Facts that others tell; nothing is judged here.</summary>
internal static class DeploymentsRoom
{
    public static IServiceCollection AddDeployments(this IServiceCollection services) => services
        .AddSingleton<Environments>()
        .AddSingleton<ReportDesk>()
        .AddSingleton<ObservationDesk>()
        .AddSingleton<LiveState>();
}
