using System.Net.Http.Headers;
using Assay.Server.Access.People;
using Assay.Server.Access.Policy;
using Assay.Server.Access.Tokens;
using Assay.Server.Storage;

namespace Assay.Tests.Builders;

/// <summary>A server with an access policy, and people who call it.</summary>
static class LockedServers
{
    /// <summary>A policy with a group for each kind of work; the name of the group says what it may.</summary>
    public const string Policy = """
        apiVersion: assay/v1
        kind: AccessPolicy
        metadata: {name: main}
        audience: http://127.0.0.1:5000
        sign_in: {issuer: http://127.0.0.1:9, client_id: assay}
        people:
          - {group: viewers, may: [{role: viewer}]}
          - {group: fraud-readers, may: [{role: viewer, models: ["fraud*"]}, {role: viewer, experiments: ["fraud*"]}]}
          - {group: trainers, may: [{role: viewer}, {role: trainer}]}
          - {group: submitters, may: [{role: submitter, models: ["*"]}]}
          - {group: evaluators, may: [{role: evaluator, models: ["*"]}]}
          - {group: risk, may: [{role: viewer}, {role: "approver:model-risk"}]}
          - {group: on-call, may: [{role: viewer}, {role: on-call}]}
          - {group: operators, may: [{role: operator}]}
          - {group: auditors, may: [{role: auditor}]}
          - {group: admins, may: [{role: admin}]}
        models:
          - {match: "*", push: anyone, origin: any}
        """;

    /// <summary>A fresh server with an access policy.</summary>
    public static Task<TestServer> Locked(this Servers servers, Engine engine, string policy = Policy, TimeProvider? time = null, int rateLimit = 0) => servers.Fresh(engine, options =>
    {
        var file = Path.Combine(options.Data, "access.yaml");
        File.WriteAllText(file, policy);
        // Tests ask as fast as they can; the limit has a test of its own.
        return options with { Access = file, RateLimit = rateLimit };
    }, time: time);

    /// <summary>A fresh server at which people sign in by a provider.</summary>
    public static Task<TestServer> SignedInAt(this Servers servers, SignInProvider provider, Engine engine = Engine.Sqlite, TimeProvider? time = null, string? ca = null)
    {
        var secret = Path.Combine(Directory.CreateTempSubdirectory("assay test secret ").FullName, "client-secret");
        File.WriteAllText(secret, SignInProvider.Secret + "\n");
        return servers.Locked(engine, Policy.Replace("sign_in: {issuer: http://127.0.0.1:9, client_id: assay}",
            $"sign_in: {{issuer: \"{provider.Issuer}\", client_id: assay, client_secret_file: \"{secret}\"{(ca is null ? "" : $", ca: \"{ca}\"")}}}", StringComparison.Ordinal), time);
    }

    /// <summary>Somebody of these groups with a personal token (Bearer), as MLflow's clients send it.</summary>
    public static async Task<Given> As(this TestServer server, string person, params string[] groups) => new(Client(server, await server.TokenOf(person, groups)));

    /// <summary>A client with a credential.</summary>
    public static HttpClient Client(TestServer server, string token)
    {
        var client = new HttpClient { BaseAddress = new(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Signs somebody in with these groups and gives the secret of a new personal token; <paramref name="scopes"/> are the roles it is scoped down to.</summary>
    public static async Task<string> TokenOf(this TestServer server, string person, string[] groups, string scopes = "", TimeSpan? lifetime = null)
    {
        var (store, persons, tokens, time) = (server.Service<Store>(), server.Service<Persons>(), server.Service<TokenBook>(), server.Service<TimeProvider>());
        var secret = "";
        await store.Do(async tx =>
        {
            await persons.SignedIn(tx, new(person, person, $"{person}@people.example", groups, false, time.GetUtcNow()));
            (secret, _) = await tokens.Issue(tx, new(TokenKind.Personal, $"person:{person}", "test", scopes, lifetime ?? TimeSpan.FromHours(1)));
        }, TestContext.Current.CancellationToken);
        return secret;
    }

    /// <summary>Puts another policy in force, as an administrator would.</summary>
    public static async Task Apply(this TestServer server, string policy) =>
        (await server.Service<AccessBook>().Apply(null, policy, Assay.Server.Identity.Principal.Server, fromFile: false, TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();

    static T Service<T>(this TestServer server) => (T)server.Services.GetService(typeof(T))!;
}
