using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Retries;

/// <summary>Requests that are sent again: answered again, not done again.</summary>
internal static class RetriesRoom
{
    public static IServiceCollection AddRetries(this IServiceCollection services) => services
        .AddSingleton<KeySweep>()
        .AddRounds<KeySweep>("Old Idempotency-Keys", KeySweep.Every, (sweep, ct) => sweep.Sweep(ct));

    public static void UseIdempotencyKeys(this WebApplication app) => app.UseMiddleware<KeyedRequests>();
}
