using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Ledger;

internal static class LedgerRoom
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<LedgerBell>()
        .AddSingleton<LedgerWriter>()
        .AddSingleton<LedgerReader>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<Sequencer>()
        .AddHostedService(s => s.GetRequiredService<Sequencer>());
}
