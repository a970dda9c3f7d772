using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.Exchange;

/// <summary>A credential that was minted for a workload or an agent.</summary>
/// <param name="Renewable">How long from now it, and what it is renewed into, may be renewed; zero: not at all.</param>
sealed record MintedCredential(string Secret, string Scope, TimeSpan Lifetime, TimeSpan Renewable);

/// <summary>An identity token of CI for a credential of ours (identity.md): ten minutes, one action, about one thing, gone with its rule.</summary>
sealed class TokenExchange(AccessBook book, IssuerKeys keys, TokenBook tokens, LedgerWriter ledger, Store store, TimeProvider time)
{
    /// <summary>How long a minted credential lives.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Mints a credential, or says why not. A refusal that an own workload met is recorded; one of a stranger is left to the caller to count.</summary>
    public async Task<(MintedCredential? Minted, ExchangeRefusal? Refusal, bool Recorded)> Exchange(ExchangeRequest request, CancellationToken ct)
    {
        await book.Look(ct);
        if (book.Current is not { } policy)
            return (null, ExchangeRefusal.LocalMode(), false);
        var (proven, objection) = await Prove(request.Token, policy, ct);
        if (proven is null)
            return (null, objection, false);
        List<RuleMatch> known = [.. policy.Workloads.Where(w => w.Issuer == proven.Issuer.Name).Select(w => RuleMatch.Of(w, proven.Token.Claims)).Where(m => m.Known)];
        if (known.Count == 0)
            return (null, ExchangeRefusal.Stranger(), false);
        List<RuleMatch> fitting = [.. known.Where(m => m.Misfit is null)];
        if (fitting.Count == 0)
            return await Refuse(known[0], proven, request, ExchangeRefusal.Misfit(known[0].Rule.Name, known[0].Misfit!), ct);
        var match = fitting.Find(m => request.Wanted.Within(policy.Bound(m.Rule.May)));
        return match is null
            ? await Refuse(fitting[0], proven, request, ExchangeRefusal.NotGranted(request.Scope, fitting.Select(m => m.Rule.Name)), ct)
            : await Mint(match, proven, request, ct);
    }

    /// <summary>Whose token it is, by the keys of its issuer.</summary>
    async Task<(ProvenToken? Token, ExchangeRefusal? Refusal)> Prove(string compact, AccessPolicy policy, CancellationToken ct)
    {
        if (IdentityToken.Parse(compact) is not { } token)
            return (null, ExchangeRefusal.Token("no-jwt", "it is no signed JWT (three parts of base64url, each name once)."));
        // The whole string, letter by letter: hosts are shared, and a slash more is another issuer.
        if (policy.Issuers.FirstOrDefault(i => i.Issuer == token.Issuer) is not { } issuer)
            return (null, ExchangeRefusal.Token("issuer", "its issuer is none of those that this server takes (GET /oidc/configuration)."));
        var audience = policy.Audience.OriginalString;
        if (TokenSoundness.Objection(token, audience, time.GetUtcNow()) is { } objection)
            return (null, objection);
        try
        {
            var key = await keys.Find(issuer, token.KeyId, token.Algorithm, ct);
            return key is not null && await TokenSignature.Holds(token, key, issuer.Issuer, audience) ? (new(issuer, token), null) : (null, ExchangeRefusal.Unsigned());
        }
        catch (KeyFetchException)
        {
            return (null, ExchangeRefusal.NoKeys());
        }
    }

    async Task<(MintedCredential?, ExchangeRefusal?, bool)> Mint(RuleMatch match, ProvenToken proven, ExchangeRequest request, CancellationToken ct)
    {
        var rule = match.Rule;
        var who = new Principal(rule.Kind, rule.Name, true, []) { Job = match.Job };
        var facts = NeutralClaims.Of(proven.Issuer.Issuer, proven.Token.Claims);
        var minted = await store.Write(async Task<Result<MintedCredential>> (tx) =>
        {
            ledger.RecordIfRefused(tx, who, LedgerActions.TokenExchanged, About(request.Wanted), () => Told(match, proven, request, ExchangeRefusal.Replayed()));
            if (!await ExchangedTokens.Take(tx, proven.Issuer.Issuer, proven.Token))
                return new Refusal(RefusalKind.Conflict, "replayed", "exchanged before");
            await OriginClaims.Keep(tx, new(who.Origin, rule.Name, proven.Issuer.Issuer, facts, time.GetUtcNow()));
            var now = time.GetUtcNow();
            var until = RenewableUntil(rule, proven.Token, now);
            var (secret, token) = await tokens.Issue(tx, new(TokenKind.Minted, who.ToString(), rule.Name, request.Scope, Lifetime) { RuleDigest = rule.Digest, Job = match.Job, RenewableUntil = until });
            var told = Told(match, proven, request, null);
            told["credential"] = $"token:{token.Id}";
            told["origin"] = new JsonObject(facts.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value)));
            await ledger.Record(tx, who, LedgerActions.TokenExchanged, About(request.Wanted), told);
            return new MintedCredential(secret, request.Scope, Lifetime, until - now ?? TimeSpan.Zero);
        }, ct);
        return minted.Ok ? (minted.Value, null, true) : (null, ExchangeRefusal.Replayed(), true);
    }

    /// <summary>
    /// A CI that gives its job one token for all of its time (GitLab) says with exp how long that is; GitHub's tokens end sooner than our credential does, so
    /// there is nothing to renew.
    /// </summary>
    static DateTimeOffset? RenewableUntil(WorkloadRule rule, IdentityToken token, DateTimeOffset now)
    {
        var (ends, most) = (token.Moment("exp")!.Value, now + rule.Renew);
        var until = ends < most ? ends : most;
        return until > now + Lifetime ? until : null;
    }

    async Task<(MintedCredential?, ExchangeRefusal?, bool)> Refuse(RuleMatch match, ProvenToken proven, ExchangeRequest request, ExchangeRefusal refusal, CancellationToken ct)
    {
        var who = new Principal(match.Rule.Kind, match.Rule.Name, true, []);
        await store.Write(Task<Result<Done>> (tx) =>
        {
            ledger.RecordIfRefused(tx, who, LedgerActions.TokenExchanged, About(request.Wanted), () => Told(match, proven, request, refusal));
            return Task.FromResult<Result<Done>>(new Refusal(RefusalKind.Forbidden, refusal.Code, refusal.Description));
        }, ct);
        return (null, refusal, true);
    }

    static LedgerSubject About(TokenScope wanted) => new(wanted.About.Model, Environment: wanted.About.Environment);

    /// <summary>What the record says: the claims that the rule is about, never the token.</summary>
    static JsonObject Told(RuleMatch match, ProvenToken proven, ExchangeRequest request, ExchangeRefusal? refusal)
    {
        var told = new JsonObject
        {
            ["rule"] = match.Rule.Name,
            ["rule_digest"] = match.Rule.Digest.ToString(),
            ["scope"] = request.Scope,
            ["issuer"] = proven.Issuer.Issuer,
            ["token_id"] = proven.Token.Id,
            ["claims"] = new JsonObject(match.Rule.Claims.Keys.Concat(match.Rule.Job).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(c => KeyValuePair.Create(c, (JsonNode?)new JsonArray([.. ClaimText.All(proven.Token.Claims, c).Take(20).Select(t => JsonValue.Create(t.Length > 500 ? t[..500] : t))])))),
        };
        if (match.Job.Length > 0)
            told["job"] = match.Job;
        if (refusal is not null)
            (told["code"], told["message"]) = (refusal.Code, refusal.Description);
        return told;
    }

    sealed record ProvenToken(TrustedIssuer Issuer, IdentityToken Token);
}
