using System.Collections.Concurrent;
using Assay.Server.Access.Policy;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Assay.Server.Access.Exchange;

/// <summary>
/// The keys of the issuers that the access policy names, kept in memory. Fetched anew when they are an hour old or when a token names one that is not
/// among them, but never more often than every 30 seconds for an issuer, whatever is asked; when that fails the known ones serve on for a day.
/// </summary>
sealed partial class IssuerKeys(KeyFetch fetch, TimeProvider time, ILogger<IssuerKeys> log)
{
    /// <summary>The shortest time between two fetches of one issuer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>How old keys may be before they are fetched again, and how old while that fails.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromHours(1), Stale = TimeSpan.FromDays(1);

    readonly ConcurrentDictionary<TrustedIssuer, Shelf> shelves = new();

    /// <summary>The key that a token's header names; null when the issuer has no such key. Throws <see cref="KeyFetchException"/> when its keys cannot be had.</summary>
    public async Task<JsonWebKey?> Find(TrustedIssuer issuer, string? keyId, string algorithm, CancellationToken ct)
    {
        var shelf = shelves.GetOrAdd(issuer, _ => new());
        var kept = shelf.Kept;
        var known = kept is null ? null : Among(kept.Keys, keyId, algorithm);
        if (known is null || time.GetUtcNow() - kept!.At > Fresh)
            // The caller may go away; the fetch goes on for the next one.
            known = Among(await Renewed(issuer, shelf).WaitAsync(ct), keyId, algorithm);
        return known;
    }

    async Task<IReadOnlyList<JsonWebKey>> Renewed(TrustedIssuer issuer, Shelf shelf)
    {
        await shelf.One.WaitAsync();
        try
        {
            var now = time.GetUtcNow();
            if (now - shelf.TriedAt >= Pause)
            {
                shelf.TriedAt = now;
                shelf.Kept = new(Usable(await fetch.Keys(issuer)), now);
            }
        }
        catch (KeyFetchException e)
        {
            NotHad(log, issuer.Issuer, e.Message);
        }
        finally
        {
            shelf.One.Release();
        }
        return shelf.Kept is { } kept && time.GetUtcNow() - kept.At <= Stale ? kept.Keys : throw new KeyFetchException($"there are no keys of {issuer.Issuer}");
    }

    /// <summary>By the id in the token's header; a token without one can mean only the single key that there is.</summary>
    static JsonWebKey? Among(IReadOnlyList<JsonWebKey> keys, string? keyId, string algorithm)
    {
        List<JsonWebKey> fit = [.. keys.Where(k => (keyId is null || k.Kid == keyId) && Fits(k, algorithm))];
        return fit.Count == 1 ? fit[0] : null;
    }

    /// <summary>A key is for one family of algorithms: a public key must never serve as somebody's shared secret.</summary>
    static bool Fits(JsonWebKey key, string algorithm) => (key.Alg is not { Length: > 0 } said || said == algorithm) && (key.Kty, algorithm) switch
    {
        ("RSA", ['R' or 'P', 'S', ..]) => true,
        ("EC", "ES256") => key.Crv == "P-256",
        ("EC", "ES384") => key.Crv == "P-384",
        ("EC", "ES512") => key.Crv == "P-521",
        _ => false,
    };

    static List<JsonWebKey> Usable(string text)
    {
        try
        {
            // An RSA modulus of 256 bytes is 2048 bits: shorter ones can be broken.
            return [.. new JsonWebKeySet(text).Keys.Where(k => k.Use is null or "" or "sig" && (k.Kty == "EC" || k.Kty == "RSA" && k.N is { Length: >= 341 }))];
        }
        catch (ArgumentException e)
        {
            throw new KeyFetchException("its keys are no key set (JWKS)", e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of {Issuer} cannot be fetched: {Reason}")]
    static partial void NotHad(ILogger log, string issuer, string reason);

    sealed record KeySet(IReadOnlyList<JsonWebKey> Keys, DateTimeOffset At);

    /// <summary>What is kept of one issuer.</summary>
    sealed class Shelf
    {
        public SemaphoreSlim One { get; } = new(1, 1);

        public volatile KeySet? Kept;

        public DateTimeOffset TriedAt { get; set; } = DateTimeOffset.MinValue;
    }
}
