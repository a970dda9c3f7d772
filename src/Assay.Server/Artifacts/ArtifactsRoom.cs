using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Artifacts;

internal static class ArtifactsRoom
{
    public static IServiceCollection AddArtifacts(this IServiceCollection services) => services
        .AddSingleton(s => ContentStores.Of(s.GetRequiredService<ServerOptions>()))
        .AddSingleton<ArtifactFiles>()
        .AddSingleton<IncomingSweep>()
        .AddHostedService(s => s.GetRequiredService<IncomingSweep>());
}
