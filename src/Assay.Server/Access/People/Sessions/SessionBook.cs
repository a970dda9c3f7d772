using Assay.Contracts;
using Assay.Server.Access.Tokens;
using Assay.Server.Storage;

namespace Assay.Server.Access.People.Sessions;

/// <summary>Browser sessions: 256 random bits in a cookie, of which only the SHA-256 is kept.</summary>
public sealed class SessionBook(Store store, TimeProvider time)
{
    /// <summary>Without use it ends after this.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    /// <summary>It ends after this, however much it is used: groups and names are asked for again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>A cookie that is older gets a successor.</summary>
    public static readonly TimeSpan CookieAge = TimeSpan.FromMinutes(15);

    /// <summary>For this long the predecessor is good too: requests that are under way came with it.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Begins one in the caller's unit, never continuing another; the secret goes into the cookie.</summary>
    public async Task<(string Secret, Session Session)> Begin(Tx tx, string holder, DateTimeOffset? latest = null)
    {
        var now = time.GetUtcNow();
        var ends = latest is { } end && end < now + Longest ? end : now + Longest;
        var session = new Session(Ulid.New(now), holder, now, now, ends);
        await tx.Execute(SessionSql.Forget, ("now", now));
        return (await Insert(tx, session), session);
    }

    /// <summary>The session of a cookie if it is good now, and the revision of the access policy in force.</summary>
    public async Task<(Session Session, long Revision)?> Find(string secret, CancellationToken ct)
    {
        var found = await store.First(SessionSql.ByHash, ct, ("hash", TokenSecret.Hash(secret)));
        var now = time.GetUtcNow();
        return found.Session is { } session && session.EndsAt > now && session.SeenAt + Idle > now ? found : null;
    }

    /// <summary>Notes that it is used; gives a new secret when the cookie is due for a successor.</summary>
    public async Task<string?> Use(string secret, Session session)
    {
        var now = time.GetUtcNow();
        try
        {
            if (now - session.CookieAt >= CookieAge && session.EndsAt - now > Overlap)
                return await Succeed(secret, session, now);
            if (now - session.SeenAt >= NotedEvery)
                await store.Do(tx => tx.Execute(SessionSql.Seen, ("hash", TokenSecret.Hash(secret)), ("at", now)), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Looking goes on while nothing can be written.
        }
        return null;
    }

    /// <summary>Ends it under all its cookies, in the caller's unit.</summary>
    public Task End(Tx tx, string id) => tx.Execute(SessionSql.End, ("id", id));

    async Task<string?> Succeed(string secret, Session session, DateTimeOffset now)
    {
        string? next = null;
        await store.Do(async tx =>
        {
            next = null;
            if (await tx.Execute(SessionSql.Retire, ("hash", TokenSecret.Hash(secret)), ("soon", now + Overlap), ("ends", session.EndsAt)) > 0)
                next = await Insert(tx, session with { CookieAt = now });
        }, CancellationToken.None);
        return next;
    }

    static async Task<string> Insert(Tx tx, Session session)
    {
        var secret = TokenSecret.New(TokenSecret.Session);
        await tx.Execute(SessionSql.Insert, ("hash", TokenSecret.Hash(secret)), ("id", session.Id), ("holder", session.Holder), ("at", session.CookieAt), ("ends", session.EndsAt));
        return secret;
    }
}
