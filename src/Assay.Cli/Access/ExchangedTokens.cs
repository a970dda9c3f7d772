using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Assay.Cli.Access;

/// <summary>The credentials of one command: one for each scope, got when first needed and renewed before it ends.</summary>
internal sealed class ExchangedTokens(CiLogin login, TimeProvider time)
{
    /// <summary>How long before its end a credential is renewed: a request that takes its time must not outlive it.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>How long after a failed renewal the next is tried, while the old one lasts.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, Held> all = new(StringComparer.Ordinal);

    /// <summary>Any that lives: for looking, which every one may where its rule may.</summary>
    public ExchangedToken? Any => all.Values.Select(h => h.Token).Where(t => t is not null && t.ExpiresAt - time.GetUtcNow() > Pause).MaxBy(t => t!.ExpiresAt);

    /// <summary>The scopes of those that live.</summary>
    public IReadOnlyList<string> Alive => [.. all.Values.Select(h => h.Token).Where(t => t is not null && t.ExpiresAt > time.GetUtcNow()).Select(t => t!.Scope)];

    /// <summary>The one for this scope, fresh enough for a request. Throws <see cref="ExchangeException"/>.</summary>
    public async Task<ExchangedToken> For(string scope, CancellationToken ct)
    {
        var held = all.GetOrAdd(scope, _ => new());
        if (held.Token is { } token && token.ExpiresAt - time.GetUtcNow() > Ahead)
            return token;
        await held.One.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (held.Token is { } known && (known.ExpiresAt - now > Ahead || known.ExpiresAt > now && now < held.NextTry))
                return known;
            try
            {
                return held.Token = await Next(held, scope, ct);
            }
            catch (ExchangeException e) when (e.Passing && held.Token is { } old && old.ExpiresAt > time.GetUtcNow())
            {
                held.NextTry = now + Pause;
                return old;
            }
        }
        finally
        {
            held.One.Release();
        }
    }

    /// <summary>Ends those that could still be renewed: what a command leaves behind shall be of no use.</summary>
    public Task End(CancellationToken ct) => Task.WhenAll(all.Values.Select(h => h.Token).Where(t => t?.Renewable(time.GetUtcNow()) == true).Select(t => login.End(t!, ct)));

    /// <summary>
    /// By a new identity token of the CI; where it has none to give, by the credential itself. Tokens that the CI gives only once are kept for scopes
    /// that have no credential yet.
    /// </summary>
    async Task<ExchangedToken> Next(Held held, string scope, CancellationToken ct)
    {
        if (held.Token is not { } old || !old.Renewable(time.GetUtcNow()))
            return await login.Exchange(scope, ct);
        var (first, second) = login.Finite ? ((Func<Task<ExchangedToken>>)Renew, (Func<Task<ExchangedToken>>)Exchange) : (Exchange, Renew);
        try
        {
            return await first();
        }
        catch (ExchangeException e) when (login.Finite ? !e.Passing : e.Passing)
        {
            try
            {
                return await second();
            }
            catch (ExchangeException)
            {
                // The first says better what is wrong.
                throw e;
            }
        }

        Task<ExchangedToken> Exchange() => login.Exchange(scope, ct);

        async Task<ExchangedToken> Renew()
        {
            // Kept until there is an answer, so that a lost one can be asked for again.
            var next = await login.Renew(old, held.Nonce ??= Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), ct);
            held.Nonce = null;
            return next;
        }
    }

    /// <summary>The registry does not take it any more, nor then what was got before it: the next request gets another.</summary>
    public void Drop(ExchangedToken token)
    {
        foreach (var held in all.Values)
            if (held.Token is { } known && known.ExpiresAt <= token.ExpiresAt)
                Interlocked.CompareExchange(ref held.Token, null, known);
    }

    sealed class Held
    {
        public SemaphoreSlim One { get; } = new(1, 1);

        public volatile ExchangedToken? Token;

        public DateTimeOffset NextTry { get; set; }

        public string? Nonce { get; set; }
    }
}
