using Assay.Server.Artifacts.Uploads;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Artifacts;

internal static class ArtifactsRoom
{
    public static IServiceCollection AddArtifacts(this IServiceCollection services) => services
        .AddSingleton(s => ContentStores.Of(s.GetRequiredService<ServerOptions>()))
        .AddSingleton<Http.IKeptBytes, ContentReach>()
        .AddSingleton<ArtifactFiles>()
        .AddSingleton<PartUploads>()
        .AddSingleton<IncomingSweep>()
        .AddRounds<IncomingSweep>("Leftovers of uploads", IncomingSweep.Every, (sweep, ct) => sweep.Sweep(ct));
}
