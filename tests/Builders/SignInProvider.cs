using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assay.Tests.Builders;

/// <summary>A real OpenID provider (OpenIddict) on loopback. Whoever arrives with <c>&amp;as=NAME</c> (or that cookie) has signed in there; what it says can be bent, as an attacker's would.</summary>
sealed class SignInProvider : IAsyncDisposable
{
    public const string Client = "assay", Secret = "the-client-secret-of-the-tests";
    readonly WebApplication app;

    SignInProvider(WebApplication app) => this.app = app;

    /// <summary>Its issuer; ends with a slash, as OpenIddict writes it.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>Somebody's groups.</summary>
    public Dictionary<string, string[]> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>What an attacker changes about ID tokens before they are signed.</summary>
    public Action<ClaimsPrincipal>? Bend { get; set; }

    /// <summary>What it calls itself in ID tokens, if not by its name.</summary>
    public string? CallsItself { get; set; }

    /// <summary>Tells groups at its userinfo endpoint only, as some do.</summary>
    public bool GroupsAtUserInfo { get; set; }

    /// <summary>Whom its userinfo endpoint speaks of, if not of who asks.</summary>
    public string? SpeaksOf { get; set; }

    /// <summary>How clients showed their secret, once for each code.</summary>
    public List<string> ShownBy { get; } = [];

    /// <summary>How many codes it changed into tokens.</summary>
    public int Redeemed { get; private set; }

    /// <param name="certificate">Serves https with it, when given.</param>
    /// <param name="post">Takes the client's secret in the form only (client_secret_post).</param>
    public static async Task<SignInProvider> Start(X509Certificate2? certificate = null, bool post = false)
    {
        SignInProvider? provider = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, listen => _ = certificate is null ? listen : listen.UseHttps(certificate)));
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetUserInfoEndpointUris("connect/userinfo");
            server.RegisterScopes("profile", "email", "groups");
            server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32))).AddSigningKey(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "one" });
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId is not (Client or "another"))
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                provider!.ShownBy.Add(context.Transaction.GetHttpRequest()!.Headers.Authorization.Count > 0 ? "client_secret_basic" : "client_secret_post");
                if (context.ClientSecret != Secret || (post && provider.ShownBy[^1] != "client_secret_post"))
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => provider!.Approve(context)));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                provider!.Redeemed++;
                return default;
            }));
            server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler.SetOrder(int.MaxValue - 1000).UseInlineHandler(context =>
            {
                if (post)
                {
                    context.TokenEndpointAuthenticationMethods.Clear();
                    context.TokenEndpointAuthenticationMethods.Add("client_secret_post");
                }
                return default;
            }));
            server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                var who = provider!.SpeaksOf ?? context.AccessTokenPrincipal!.GetClaim(OpenIddictConstants.Claims.Subject)!;
                context.Subject = who;
                context.Claims["groups"] = System.Collections.Immutable.ImmutableArray.Create<string?>(provider.Groups.GetValueOrDefault(who, []));
                return default;
            }));
            server.AddEventHandler<GenerateTokenContext>(handler => handler.SetOrder(int.MinValue + 100_000).UseInlineHandler(context =>
            {
                if (context.TokenType == OpenIddictConstants.TokenTypeIdentifiers.IdentityToken)
                {
                    provider!.Bend?.Invoke(context.Principal);
                    if (provider.CallsItself is { } name)
                        context.Principal.SetClaim(OpenIddictConstants.Claims.Private.Issuer, name).SetClaim(OpenIddictConstants.Claims.Issuer, name);
                }
                return default;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        provider = new(app);
        await app.StartAsync();
        provider.Issuer = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
        return provider;
    }

    /// <summary>From now on ID tokens are signed with another key, and the old one is published no more.</summary>
    public void Rotate()
    {
        var options = app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
        options.SigningCredentials.Clear();
        options.SigningCredentials.Add(new(key, SecurityAlgorithms.RsaSha256));
        options.TokenValidationParameters.IssuerSigningKeys = [key];
    }

    ValueTask Approve(HandleAuthorizationRequestContext context)
    {
        var request = context.Transaction.GetHttpRequest()!;
        var who = request.Query["as"].ToString() is { Length: > 0 } named ? named : request.Cookies["at-provider"] ?? "";
        if (who.Length == 0)
        {
            context.Reject(OpenIddictConstants.Errors.AccessDenied);
            return default;
        }
        var identity = new ClaimsIdentity("test", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, who).SetClaim(OpenIddictConstants.Claims.Name, $"{who} of Example").SetClaim(OpenIddictConstants.Claims.Email, $"{who}@people.example");
        if (!GroupsAtUserInfo)
            identity.SetClaims("groups", [.. Groups.GetValueOrDefault(who, [])]);
        identity.SetScopes(context.Request.GetScopes());
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
