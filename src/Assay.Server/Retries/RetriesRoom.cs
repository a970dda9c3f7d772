using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Retries;

/// <summary>Requests that are sent again: answered again, not done again.</summary>
internal static class RetriesRoom
{
    public static IServiceCollection AddRetries(this IServiceCollection services) => services
        .AddSingleton<KeySweep>()
        .AddHostedService(s => s.GetRequiredService<KeySweep>());

    public static void UseIdempotencyKeys(this WebApplication app) => app.UseMiddleware<KeyedRequests>();
}
