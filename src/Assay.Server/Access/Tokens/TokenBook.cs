using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Access.Tokens;

/// <summary>What a new credential is for.</summary>
/// <param name="Principal"><c>kind:id</c>.</param>
/// <param name="Scope">What it may: roles for a personal one, one action of the token exchange (<c>submit:fraud</c>) for a minted one.</param>
public sealed record NewToken(TokenKind Kind, string Principal, string Name, string Scope, TimeSpan Lifetime)
{
    /// <summary>The digest of the rule that a minted one rests on.</summary>
    public Digest? RuleDigest { get; init; }

    /// <summary>The CI job of a minted one.</summary>
    public string? Job { get; init; }

    /// <summary>Until when a minted one, and what it is renewed into, may be renewed; null: never.</summary>
    public DateTimeOffset? RenewableUntil { get; init; }

    /// <summary>The one that it renews.</summary>
    public Token? Renews { get; init; }
}

/// <summary>Credentials that we give out: made, looked up, taken back.</summary>
public sealed class TokenBook(Store store, TimeProvider time)
{
    static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>Makes one in the caller's unit. The secret is shown once and never stored.</summary>
    public async Task<(string Secret, Token Token)> Issue(Tx tx, NewToken wanted)
    {
        return await Issue(tx, wanted, TokenSecret.New(wanted.Kind is TokenKind.Personal ? TokenSecret.Personal : TokenSecret.Minted));
    }

    /// <summary>The same with a secret that was made already.</summary>
    public async Task<(string Secret, Token Token)> Issue(Tx tx, NewToken wanted, string secret)
    {
        var (now, id) = (time.GetUtcNow(), Ulid.New(time.GetUtcNow()));
        var token = new Token(id, wanted.Kind, wanted.Principal, wanted.Name, wanted.Scope, wanted.RuleDigest?.ToString(), wanted.Job, now, now + wanted.Lifetime, null, null)
        {
            Chain = wanted.Renews?.Chain ?? (wanted.RenewableUntil is null ? null : id),
            RenewableUntil = wanted.RenewableUntil,
        };
        await tx.Execute(TokenSql.Insert, ("hash", TokenSecret.Hash(secret)), ("id", token.Id), ("kind", token.Kind), ("principal", token.Principal), ("name", token.Name), ("scope", token.Scope),
            ("digest", token.RuleDigest), ("job", token.Job), ("created", token.CreatedAt), ("expires", token.ExpiresAt), ("chain", token.Chain), ("renewable", token.RenewableUntil));
        if (wanted.Renews is { } old)
            await tx.Execute(TokenSql.Renewed, ("id", old.Id), ("successor", TokenSecret.Hash(secret)));
        return (secret, token);
    }

    /// <summary>The credential of a secret, in force or not (<see cref="InForce"/>), and the revision of the access policy in force. Null when it is none that is known.</summary>
    public async Task<(Token Token, long Revision)?> Known(string secret, CancellationToken ct)
    {
        var found = await store.First(TokenSql.ByHash, ct, ("hash", TokenSecret.Hash(secret)));
        return found.Token is null ? null : found;
    }

    /// <summary>Is it neither revoked nor expired?</summary>
    public bool InForce(Token token) => token.RevokedAt is null && token.ExpiresAt > time.GetUtcNow();

    /// <summary>Notes that one is used, at most once a minute; looking goes on while nothing can be written.</summary>
    public async Task Used(Token token)
    {
        var now = time.GetUtcNow();
        if (now - token.UsedAt < NotedEvery)
            return;
        try
        {
            await store.Do(tx => tx.Execute(TokenSql.Used, ("id", token.Id), ("at", now), ("before", now - NotedEvery)), CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
        }
    }

    /// <summary>How many of somebody's own are in force.</summary>
    public Task<long> CountOf(Tx tx, string principal) => tx.First(TokenSql.CountOf, ("principal", principal), ("kind", TokenKind.Personal), ("now", time.GetUtcNow()));

    /// <summary>One by its public id, in the caller's unit.</summary>
    public Task<Token?> One(Tx tx, string id) => tx.First(TokenSql.ById, ("id", id));

    /// <summary>One by its public id.</summary>
    public Task<Token?> One(string id, CancellationToken ct) => store.First(TokenSql.ById, ct, ("id", id));

    /// <summary>Somebody's own, newest first.</summary>
    public Task<List<Token>> Of(string principal, CancellationToken ct) => store.All(TokenSql.OfPrincipal, ct, ("principal", principal), ("kind", TokenKind.Personal));

    /// <summary>
    /// One by its secret, in force or not, in the caller's unit, which from here on is alone with its chain: what revokes a chain and what makes it longer
    /// must see each other.
    /// </summary>
    public async Task<Token?> Held(Tx tx, string secret)
    {
        var hash = TokenSecret.Hash(secret);
        if (await tx.First(TokenSql.OfHash, ("hash", hash)) is not { } token)
            return null;
        await Alone(tx, token);
        return await tx.First(TokenSql.OfHash, ("hash", hash));
    }

    /// <summary>The one that this was renewed into, if it is still kept.</summary>
    public Task<Token?> SuccessorOf(Tx tx, Token token) => tx.First(TokenSql.OfHash, ("hash", token.Successor!));

    /// <summary>Takes one back, and with it all of its chain, in the caller's unit; false when they were already.</summary>
    public async Task<bool> Revoke(Tx tx, Token token)
    {
        await Alone(tx, token);
        return (token.Chain is { } chain ? await tx.Execute(TokenSql.RevokeChain, ("chain", chain), ("at", time.GetUtcNow())) : await tx.Execute(TokenSql.Revoke, ("id", token.Id), ("at", time.GetUtcNow()))) > 0;
    }

    static Task Alone(Tx tx, Token token) => token.Chain is { } chain ? tx.Lock("access", $"chain {chain}") : Task.CompletedTask;
}
