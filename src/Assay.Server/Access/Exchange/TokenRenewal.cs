using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.Exchange;

/// <summary>
/// A minted credential for the next one, where a CI gives its job one identity token for all of its time: the same rule, job and scope, for ten minutes
/// more, at most until that identity token ends. Each is renewed once; who renews one again holds what another has renewed, so the whole chain is revoked.
/// </summary>
sealed class TokenRenewal(AccessBook book, TokenBook tokens, LedgerWriter ledger, Store store, TimeProvider time)
{
    /// <summary>The next credential, or why not. What a credential of ours was refused is recorded; what is none is left to the caller to count.</summary>
    public async Task<(MintedCredential? Minted, ExchangeRefusal? Refusal, bool Recorded)> Renew(ExchangeRequest request, CancellationToken ct)
    {
        await book.Look(ct);
        if (book.Current is not { } policy)
            return (null, ExchangeRefusal.LocalMode(), false);
        var answer = await store.Write(async Task<Result<Outcome>> (tx) =>
            await tokens.Held(tx, request.Token) is { Kind: TokenKind.Minted } held ? await Decide(tx, held, request, policy) : new Outcome(null, ExchangeRefusal.Unknown(), false), ct);
        return (answer.Value.Minted, answer.Value.Refusal, answer.Value.Recorded);
    }

    async Task<Outcome> Decide(Tx tx, Token held, ExchangeRequest request, AccessPolicy policy)
    {
        if (held.Successor is not null)
            return await Again(tx, held, request) is { } same ? new(same, null, true) : await RevokeChain(tx, held, request);
        var now = time.GetUtcNow();
        var rule = policy.Workload(held.Name);
        var refusal = !tokens.InForce(held) || rule?.Digest.ToString() != held.RuleDigest ? ExchangeRefusal.Ended()
            : held.RenewableUntil is not { } until || until <= held.ExpiresAt ? ExchangeRefusal.NotRenewable()
            : request.Scope != held.Scope ? ExchangeRefusal.OtherScope(held.Scope)
            // The rule is as it was, but the tier of a model may have changed.
            : !request.Wanted.Within(policy.Bound(rule!.May)) ? ExchangeRefusal.NotGranted(request.Scope, [rule.Name])
            : null;
        return refusal is null ? await Mint(tx, held, rule!, request, now) : await Refuse(tx, held, request, refusal);
    }

    async Task<Outcome> Mint(Tx tx, Token held, WorkloadRule rule, ExchangeRequest request, DateTimeOffset now)
    {
        var left = held.RenewableUntil!.Value - now;
        var lifetime = left < TokenExchange.Lifetime ? left : TokenExchange.Lifetime;
        var (secret, next) = await tokens.Issue(tx, new(TokenKind.Minted, held.Principal, rule.Name, held.Scope, lifetime)
        {
            RuleDigest = rule.Digest,
            Job = held.Job,
            RenewableUntil = held.RenewableUntil,
            Renews = held,
        }, Next(request) ?? TokenSecret.New(TokenSecret.Minted));
        var told = Told(held);
        told["credential"] = $"token:{next.Id}";
        await ledger.Record(tx, Who(held), LedgerActions.TokenExchanged, About(request), told);
        return new(new(secret, held.Scope, lifetime, left), null, true);
    }

    /// <summary>The same answer once more, for whoever proves by its nonce that the renewal was its own: answers get lost.</summary>
    async Task<MintedCredential?> Again(Tx tx, Token held, ExchangeRequest request)
    {
        if (Next(request) is not { } secret || request.Scope != held.Scope || !CryptographicOperations.FixedTimeEquals(TokenSecret.Hash(secret), held.Successor))
            return null;
        var now = time.GetUtcNow();
        return await tokens.SuccessorOf(tx, held) is { } next && tokens.InForce(next) ? new(secret, next.Scope, next.ExpiresAt - now, next.RenewableUntil!.Value - now) : null;
    }

    /// <summary>A secret that only who knows both the credential and the nonce can make, and make again; null without a nonce.</summary>
    static string? Next(ExchangeRequest request) =>
        request.Nonce is { } nonce ? TokenSecret.Minted + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(nonce), Encoding.UTF8.GetBytes(request.Token))) : null;

    async Task<Outcome> RevokeChain(Tx tx, Token held, ExchangeRequest request)
    {
        var refusal = ExchangeRefusal.RenewedBefore();
        if (await tokens.Revoke(tx, held))
            await ledger.Record(tx, Who(held), LedgerActions.TokenRevoked, About(request), new() { ["id"] = held.Id, ["chain"] = held.Chain, ["owner"] = held.Principal, ["code"] = refusal.Code });
        return await Refuse(tx, held, request, refusal);
    }

    async Task<Outcome> Refuse(Tx tx, Token held, ExchangeRequest request, ExchangeRefusal refusal)
    {
        var told = Told(held);
        (told["code"], told["message"], told["asked"]) = (refusal.Code, refusal.Description, request.Scope);
        await ledger.RecordRefused(tx, Who(held), LedgerActions.TokenExchanged, About(request), told);
        return new(null, refusal, true);
    }

    static LedgerSubject About(ExchangeRequest request) => new(request.Wanted.About.Model, Environment: request.Wanted.About.Environment);

    static Principal Who(Token held) => new(held.Principal.StartsWith("agent:", StringComparison.Ordinal) ? PrincipalKind.Agent : PrincipalKind.Workload, held.Name, true, []) { Job = held.Job };

    static JsonObject Told(Token held) => new()
    {
        ["rule"] = held.Name,
        ["rule_digest"] = held.RuleDigest,
        ["scope"] = held.Scope,
        ["job"] = held.Job,
        ["renews"] = $"token:{held.Id}",
        ["chain"] = held.Chain,
    };

    sealed record Outcome(MintedCredential? Minted, ExchangeRefusal? Refusal, bool Recorded);
}
