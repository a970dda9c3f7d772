using Assay.Server.Access.Policy;
using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Assay.Server.Access;

/// <summary>
/// Sees within a second what another server put in force. Requests with a credential look for themselves; this is for those without, and for a server
/// that still runs in local mode.
/// </summary>
sealed class AccessWatch(AccessBook book, Store store, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // On SQLite there is no other server.
        while (store.Dialect.Engine is Engine.Postgres && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await book.Look(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // Requests say so; the next look may find it again.
            }
        }
    }
}
