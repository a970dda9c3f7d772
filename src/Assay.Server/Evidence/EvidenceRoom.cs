using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Evidence;

internal static class EvidenceRoom
{
    public static IServiceCollection AddEvidence(this IServiceCollection services) => services
        .AddSingleton<Trust>()
        .AddSingleton<EvidenceShelf>()
        .AddSingleton<EvidenceDesk>();
}
