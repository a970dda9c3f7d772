using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.People.Sessions;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>Where a browser is sent to sign in, and the secret that it keeps meanwhile.</summary>
public sealed record Departure(string Address, string Secret);

/// <summary>Somebody who came back: the secret of the new session, and where they wanted to go.</summary>
public sealed record Arrival(Person Person, string Session, string Return);

/// <summary>What a provider's answer says.</summary>
public sealed record CallbackQuery(string? Code, string? State, string? Error, string? Issuer);

/// <summary>Signing in by OpenID Connect: code flow with PKCE, state and nonce.</summary>
public sealed class SignInDesk(Store store, Providers providers, Persons persons, TokenBook tokens, SessionBook sessions, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Where the provider sends people back to.</summary>
    public const string Callback = "/signin/callback";

    /// <summary>How long somebody may take at the provider.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Begins a sign-in. <paramref name="home"/> is our own address.</summary>
    public async Task<Result<Departure>> Begin(string home, string? wanted, CancellationToken ct)
    {
        var provider = providers.Now();
        if (!provider.Ok)
            return provider.Refusal!;
        var published = await provider.Value.Published(anew: false, ct);
        if (!published.Ok)
            return published.Refusal!;
        var (secret, now) = (TokenSecret.New(TokenSecret.Trip), time.GetUtcNow());
        await store.Do(async tx =>
        {
            await tx.Execute(SignInSql.Forget, ("before", now));
            await tx.Execute(SignInSql.Insert, ("hash", TokenSecret.Hash(secret)), ("kind", "code"), ("code", null), ("facts", PublicAddress.Local(wanted)), ("person", null), ("ends", now + Patience));
        }, ct);
        var trip = new Trip(secret);
        var message = new OpenIdConnectMessage
        {
            IssuerAddress = published.Value.AuthorizationEndpoint,
            ClientId = provider.Value.Settings.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = Scopes(published.Value),
            RedirectUri = home + Callback,
            State = trip.State,
            Nonce = trip.Nonce,
        };
        message.SetParameter("code_challenge", trip.Challenge);
        message.SetParameter("code_challenge_method", "S256");
        return new Departure(message.BuildRedirectUrl(), secret);
    }

    /// <summary>Takes somebody who came back; the way back is good once.</summary>
    public async Task<Result<Arrival>> Complete(string home, string? secret, CallbackQuery query, CancellationToken ct)
    {
        var trip = new Trip(secret ?? "");
        if (secret is null || !trip.Knows(query.State))
            return PersonRefusals.StrangeTrip();
        string? wanted = null;
        await store.Do(async tx => wanted = await tx.First(SignInSql.Take, ("hash", TokenSecret.Hash(secret)), ("kind", "code"), ("now", time.GetUtcNow())), ct);
        if (wanted is null)
            return PersonRefusals.StrangeTrip();
        if (query.Code is not { } code || query.Error is not null)
            return PersonRefusals.ProviderRefused(Provider.Plain(query.Error) ?? "it gave no code");
        var person = await Who(code, query.Issuer, trip, home, ct);
        return person.Ok ? await Welcome(person.Value, wanted, ct) : person.Refusal!;
    }

    /// <summary>Begins a session with a personal token: it may no more, and lives no longer, than the token.</summary>
    public async Task<Result<string>> With(string pasted, CancellationToken ct)
    {
        pasted = pasted.Trim();
        if (await tokens.Known(pasted, ct) is not ({ Kind: TokenKind.Personal } token, _))
            return CredentialRefusals.Strange(new(pasted));
        if (!tokens.InForce(token))
            return CredentialRefusals.Ended(token);
        var secret = "";
        await store.Do(async tx =>
        {
            (secret, var session) = await sessions.Begin(tx, $"token:{token.Id}", token.ExpiresAt);
            await ledger.Record(tx, Principal.Proven(PrincipalKind.Person, token.Principal["person:".Length..], [], $"token:{token.Id}"), LedgerActions.PersonSignedIn, new(),
                new JsonObject { ["session"] = session.Id, ["token"] = token.Id });
        }, ct);
        return secret;
    }

    /// <summary>Ends a session.</summary>
    public Task Leave(Principal who, string session, CancellationToken ct) => store.Do(async tx =>
    {
        await sessions.End(tx, session);
        await ledger.Record(tx, who, LedgerActions.PersonSignedOut, new(), new JsonObject { ["session"] = session });
    }, ct);

    async Task<Result<Person>> Who(string code, string? issuer, Trip trip, string home, CancellationToken ct)
    {
        var found = providers.Now();
        if (!found.Ok)
            return found.Refusal!;
        var (provider, settings) = (found.Value, found.Value.Settings);
        // RFC 9207: an answer that says whose it is must be this provider's.
        if (issuer is not null && issuer != settings.Issuer)
            return PersonRefusals.BadIdToken("it was made by another issuer");
        var published = await provider.Published(anew: false, ct);
        if (!published.Ok)
            return published.Refusal!;
        var answer = await provider.Redeem(published.Value, code, trip.Verifier, home + Callback, ct);
        if (!answer.Ok)
            return answer.Refusal!;
        if (IdToken.Text(answer.Value, "id_token") is not { } text)
            return PersonRefusals.BadIdToken("there is no ID token in the answer");
        if (IdToken.NamesUnknownKey(text, published.Value) && (published = await provider.Published(anew: true, ct)) is { Ok: false })
            return published.Refusal!;
        var claims = await IdToken.Claims(text, published.Value, settings, trip.Nonce, time.GetUtcNow());
        if (!claims.Ok)
            return claims.Refusal!;
        var groups = IdToken.Texts(claims.Value, settings.GroupsClaim);
        if (groups is null && published.Value.UserInfoEndpoint is { Length: > 0 } && IdToken.Text(answer.Value, "access_token") is { } access
            && await provider.UserInfo(published.Value, access, ct) is { Ok: true } info && IdToken.Text(info.Value, "sub") == IdToken.Text(claims.Value, "sub"))
            groups = IdToken.Texts(info.Value, settings.GroupsClaim);
        return PersonClaims.Read(claims.Value, settings, groups ?? [], time.GetUtcNow());
    }

    async Task<Arrival> Welcome(Person person, string wanted, CancellationToken ct)
    {
        var secret = "";
        await store.Do(async tx =>
        {
            await persons.SignedIn(tx, person);
            (secret, var session) = await sessions.Begin(tx, person.Id);
            await ledger.Record(tx, Principal.Proven(PrincipalKind.Person, person.Id, [], $"session:{session.Id}"), LedgerActions.PersonSignedIn, new(), new JsonObject { ["session"] = session.Id });
        }, ct);
        return new(person, secret, wanted);
    }

    /// <summary>Names and addresses for people to be called by; groups where the provider knows such a scope.</summary>
    static string Scopes(OpenIdConnectConfiguration published) =>
        string.Join(' ', new[] { "openid", "profile", "email", "groups" }.Where(s => s == "openid" || published.ScopesSupported.Contains(s) || (published.ScopesSupported.Count == 0 && s != "groups")));
}
