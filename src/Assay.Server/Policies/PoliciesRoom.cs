using Assay.Server.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Policies;

internal static class PoliciesRoom
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddSingleton<PolicyShelf>()
        .AddSingleton<VerdictBook>()
        .AddSingleton<Gatekeeper>()
        .Subscribes<AdmissionOfSealed>()
        .Subscribes<AdmissionOfMeasured>();
}
