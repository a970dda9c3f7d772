using Assay.Server.Events;
using Assay.Server.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Registry;

internal static class RegistryRoom
{
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<Models>()
        .AddSingleton<Versions>()
        .AddSingleton<Downloads>()
        .AddSingleton<RegistrySearch>()
        .AddSingleton<ModelTallies>()
        .AddSingleton<SoftSignals>()
        .AddSingleton<PushRules>()
        .AddSingleton<Submission>()
        .AddSingleton<WireSubmission>()
        .AddSingleton<ImportedVersions>()
        .AddSingleton<Admission>()
        .AddSingleton<RunEndings>()
        .AddSingleton<IRunEnding>(s => s.GetRequiredService<RunEndings>())
        .AddSingleton<ISubscriber>(s => s.GetRequiredService<RunEndings>());
}
