using Assay.Server.Storage;
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
        .AddRounds<RefusalCounter>("Counted refusals", RefusalCounter.Minute, (counter, ct) => counter.Flush(all: false, ct), last: (counter, ct) => counter.Flush(all: true, ct));
}
