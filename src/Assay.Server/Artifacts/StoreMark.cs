using System.IO.Pipelines;
using System.Text;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>
/// Sees to it that a server keeps bytes where the others on its database keep them. The first one puts a small content there that no other store
/// has, and the database remembers its digest; a store without it is another store, in which half of the files would be missing.
/// </summary>
static class StoreMark
{
    static readonly Query<Digest?> Known = new("SELECT digest FROM artifacts_mark", r => r.DigestOrNull(0));
    static readonly Query<Digest?> Newest = new("SELECT digest FROM artifacts_file ORDER BY at_ms DESC LIMIT 1", r => r.DigestOrNull(0));
    const string Remember = "INSERT INTO artifacts_mark (one, digest, at_ms) VALUES (1, @digest, @at) ON CONFLICT DO NOTHING";

    /// <summary>Throws <see cref="StartRefusedException"/> when this store is not the registry's.</summary>
    public static async Task Check(IContentStore contents, Store store, TimeProvider time, CancellationToken ct)
    {
        // On SQLite there is one server, whose database and default folder lie together.
        if (store.Dialect.Engine is Engine.Sqlite)
            return;
        if (await store.First(Known, ct) is null && await HasNewest(contents, store, ct))
        {
            var text = Encoding.UTF8.GetBytes($"The bytes of one Assay registry are kept here. {Ulid.New(time.GetUtcNow())}\n");
            var made = await contents.Receive(PipeReader.Create(new MemoryStream(text)), text.Length, ct);
            await store.Do(tx => tx.Execute(Remember, ("digest", made.Digest), ("at", time.GetUtcNow())), ct);
        }
        if (await store.First(Known, ct) is not { } mark || await contents.Size(mark, ct) is null)
            throw new StartRefusedException($"{contents.Description} is not where the artifacts of this database's registry are: {(await store.First(Known, ct) is { } known ? $"its mark {known} is" : "its newest file is")} not there. "
                + "All servers on one database keep their bytes in one place: give that folder or bucket with --artifacts, or restore it from the backup.");
    }

    /// <summary>A registry from before the mark was remembered: its newest file must be here. Yes where it has none.</summary>
    static async Task<bool> HasNewest(IContentStore contents, Store store, CancellationToken ct) =>
        await store.First(Newest, ct) is not { } newest || await contents.Size(newest, ct) is not null;
}
