using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Identity;

/// <summary>
/// The one key that a registry signs with. Several servers on one database are one registry, so they all have the same key file; the database
/// remembers its public half, and a server with another key, or with none, is refused instead of signing what nobody trusts.
/// </summary>
static class RegistryKey
{
    static readonly Query<(string Id, string Key)> Registered = new("SELECT keyid, public_key FROM identity_key", r => (r.Text(0), r.Text(1)));
    static readonly Query<string> Retired = new("SELECT public_key FROM identity_retired_key ORDER BY retired_ms DESC", r => r.Text(0));
    const string Retire = "INSERT INTO identity_retired_key (keyid, public_key, retired_ms) VALUES (@id, @key, @at) ON CONFLICT DO NOTHING";
    const string Replace = "UPDATE identity_key SET keyid = @id, public_key = @key, at_ms = @at";
    const string Register = "INSERT INTO identity_key (one, keyid, public_key, at_ms) VALUES (1, @id, @key, @at) ON CONFLICT DO NOTHING";

    /// <summary>
    /// Opens the key ring of a data folder. The first server on a database makes the key and registers it; <paramref name="fits"/> says whether
    /// a key goes with what a database signed before it remembered its key. Throws <see cref="StartRefusedException"/>.
    /// </summary>
    public static async Task<KeyRing> Agree(string dataFolder, Store store, Func<KeyRing, Store, CancellationToken, Task<bool>> fits, TimeProvider time, CancellationToken ct)
    {
        var (file, known) = (KeyRing.FileIn(dataFolder), await store.First(Registered, ct));
        if (known.Key is not null)
            KeyRing.TakeNext(dataFolder, known.Key);
        var there = File.Exists(file);
        if (known.Id is not null && !there)
            throw Refused(known.Id, $"{file} is not there");
        var ring = KeyRing.Open(dataFolder, [.. (await store.All(Retired, ct)).Select(VerificationKey.FromBase64).OfType<VerificationKey>()]);
        var mine = ring.Public[0];
        if (known.Id is null && await fits(ring, store, ct))
        {
            await store.Do(tx => tx.Execute(Register, ("id", mine.Id), ("key", mine.Base64), ("at", time.GetUtcNow())), ct);
            known = await store.First(Registered, ct);
        }
        if (known.Key == mine.Base64)
            return ring;
        ring.Dispose();
        if (!there)
            // Made a moment ago, and has signed nothing: the right one must find its place free.
            File.Delete(file);
        throw Refused(known.Id, $"{file} is {mine.Id}");
    }

    /// <summary>
    /// Signs with a new key from here on (<c>assay server --rotate-key</c>): the database learns it first, so that whatever is cut short, the next start
    /// ends it. What the old key signed stays believable. Other servers of the registry must be stopped, and get the new file. Gives the ring again.
    /// </summary>
    public static async Task<KeyRing> Rotate(KeyRing present, string dataFolder, Store store, Func<Tx, VerificationKey, VerificationKey, Task> record, TimeProvider time, CancellationToken ct)
    {
        var next = KeyRing.MakeNext(dataFolder);
        await store.Do(async tx =>
        {
            await tx.Execute(Retire, ("id", present.Public[0].Id), ("key", present.Public[0].Base64), ("at", time.GetUtcNow()));
            await tx.Execute(Replace, ("id", next.Id), ("key", next.Base64), ("at", time.GetUtcNow()));
            await record(tx, present.Public[0], next);
        }, ct);
        KeyRing.TakeNext(dataFolder, next.Base64);
        var retired = present.Public;
        present.Dispose();
        return KeyRing.Open(dataFolder, retired);
    }

    static StartRefusedException Refused(string? registered, string found) => new(
        $"This database belongs to a registry that signs with {(registered is null ? "another key" : $"the key {registered}")}, but {found}. "
        + "All servers on one database are one registry and have the same key: copy keys/server.ed25519 from the data folder of the one that runs (or from the backup) to that place, mode 0600, and start again.");
}
