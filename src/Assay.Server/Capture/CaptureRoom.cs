using Assay.Server.Artifacts;
using Assay.Server.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Capture;

internal static class CaptureRoom
{
    public static IServiceCollection AddCapture(this IServiceCollection services) => services
        .AddSingleton<Profiles>()
        .AddSingleton<CaptureDesk>()
        .AddSingleton<IArtifactScopes, RunArtifactScopes>()
        .AddSingleton<Identity.IScopes, ArtifactOwners>()
        .AddSingleton<IRunEnding, RunEnding>();
}
