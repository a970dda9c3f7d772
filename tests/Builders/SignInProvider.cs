using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

    /// <summary>How many codes it changed into tokens.</summary>
    public int Redeemed { get; private set; }

    public static async Task<SignInProvider> Start()
    {
        SignInProvider? provider = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
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
                if (context.ClientSecret != Secret)
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context => provider!.Approve(context)));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                provider!.Redeemed++;
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
        identity.SetClaim(OpenIddictConstants.Claims.Subject, who).SetClaim(OpenIddictConstants.Claims.Name, $"{who} of Example").SetClaim(OpenIddictConstants.Claims.Email, $"{who}@people.example")
            .SetClaims("groups", [.. Groups.GetValueOrDefault(who, [])]);
        identity.SetScopes(context.Request.GetScopes());
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
