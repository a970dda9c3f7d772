using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Ledger;

internal static class LedgerRoom
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddSingleton<LedgerBell>()
        .AddSingleton<LedgerTexts>()
        .AddSingleton<LedgerWriter>()
        .AddSingleton<LedgerReader>()
        .AddSingleton<TileShelf>()
        .AddSingleton<LedgerErasure>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<Sequencer>()
        .AddHostedService(s => s.GetRequiredService<Sequencer>())
        .AddSingleton<RefusalCounter>()
        .AddHostedService(s => s.GetRequiredService<RefusalCounter>());
}
