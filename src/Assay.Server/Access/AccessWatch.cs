using Assay.Server.Access.Policy;
using Assay.Server.Storage;

namespace Assay.Server.Access;

/// <summary>
/// Sees within a second what another server put in force. Requests with a credential look for themselves; this is for those without, and for a server
/// that still runs in local mode.
/// </summary>
sealed class AccessWatch(AccessBook book, Store store)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // On SQLite there is no other server.
    public Task Look(CancellationToken ct) => store.Dialect.Engine is Engine.Postgres ? book.Look(ct) : Task.CompletedTask;
}
