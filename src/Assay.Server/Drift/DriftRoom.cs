using Assay.Server.Drift.Why;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Drift;

/// <summary>Approved against live.</summary>
internal static class DriftRoom
{
    public static IServiceCollection AddDrift(this IServiceCollection services) => services
        .AddSingleton<SlotStates>()
        .AddSingleton<WhyDesk>();
}
