using Assay.Server.Access.Exchange;
using Assay.Server.Access.People;
using Assay.Server.Access.People.Devices;
using Assay.Server.Access.People.Personal;
using Assay.Server.Access.People.Sessions;
using Assay.Server.Access.People.SigningIn;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Access;

/// <summary>The door of the room that says who may do what: the policy, the credentials, the people.</summary>
internal static class AccessRoom
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddSingleton<AccessBook>()
        .AddSingleton<TokenBook>()
        .AddSingleton<Persons>()
        .AddSingleton<PersonPrincipals>()
        .AddSingleton<SessionBook>()
        .AddSingleton<Providers>()
        .AddSingleton<SignInDesk>()
        .AddSingleton<PersonalTokens>()
        .AddSingleton<DeviceDesk>()
        .AddSingleton<FirstAdmin>()
        .AddSingleton<Leaving>()
        .AddSingleton<AccessPrincipals>()
        .AddSingleton<IPrincipals>(s => s.GetRequiredService<AccessPrincipals>())
        .AddSingleton<IAccessHints, AccessHints>()
        .AddSingleton<Authorizer>()
        .AddSingleton<RefusalRecords>()
        .AddSingleton<IRefusalWitness>(s => s.GetRequiredService<RefusalRecords>())
        .AddHostedService(s => s.GetRequiredService<RefusalRecords>())
        .AddSingleton<AccessWatch>()
        .AddRounds<AccessWatch>("Changes of the access policy", AccessWatch.Every, (watch, ct) => watch.Look(ct))
        .AddSingleton<KeyFetch>()
        .AddSingleton<IssuerKeys>()
        .AddSingleton<TokenExchange>()
        .AddSingleton<TokenRenewal>()
        .AddSingleton<ExchangeSweep>()
        .AddRounds<ExchangeSweep>("Exchanged tokens and ended credentials", ExchangeSweep.Every, (sweep, ct) => sweep.Sweep(ct))
        .AddSingleton<RateBuckets>();

    /// <summary>Behind the door, which says who asks.</summary>
    public static void UseRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimits>();
}
