using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Access.People;
using Assay.Server.Access.Tokens;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Builders;

/// <summary>Who calls a server with an access policy: people with personal tokens, jobs of a CI with exchanged ones.</summary>
static class Callers
{
    /// <summary>Somebody of these groups with a personal token (Bearer), as MLflow's clients send it.</summary>
    public static async Task<Given> As(this TestServer server, string person, params string[] groups) => server.With(await server.TokenOf(person, groups));

    /// <summary>Signs somebody in with these groups and gives the secret of a new personal token; <paramref name="scopes"/> are the roles it is scoped down to.</summary>
    public static async Task<string> TokenOf(this TestServer server, string person, string[] groups, string scopes = "", TimeSpan? lifetime = null)
    {
        var (store, persons, tokens, time) = (server.Services.GetRequiredService<Store>(), server.Services.GetRequiredService<Persons>(), server.Services.GetRequiredService<TokenBook>(), server.Services.GetRequiredService<TimeProvider>());
        var secret = "";
        await store.Do(async tx =>
        {
            await persons.SignedIn(tx, new(person, person, $"{person}@people.example", groups, false, time.GetUtcNow()));
            (secret, _) = await tokens.Issue(tx, new(TokenKind.Personal, $"person:{person}", "test", scopes, lifetime ?? TimeSpan.FromHours(1)));
        }, TestContext.Current.CancellationToken);
        return secret;
    }

    /// <summary>Sends an identity token to the exchange.</summary>
    public static Task<Answer> Exchange(this TestServer server, string token, string scope) => server.Given.Send(ExchangeRequest(token, scope));

    /// <summary>The request, with an Idempotency-Key if there shall be one.</summary>
    public static HttpRequestMessage ExchangeRequest(string token, string scope, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oidc/exchange")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = token,
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
                ["scope"] = scope,
            }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    /// <summary>The secret that an identity token was exchanged for.</summary>
    public static async Task<string> Minted(this TestServer server, string token, string scope)
    {
        var answer = await server.Exchange(token, scope);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return (string)answer.Json["access_token"]!;
    }

    /// <summary>What a caller with this secret can do.</summary>
    public static Given With(this TestServer server, string secret) => new(server.Client(secret));

    /// <summary>A client that sends this secret as its bearer token.</summary>
    public static HttpClient Client(this TestServer server, string secret) => new() { BaseAddress = new(server.Url), DefaultRequestHeaders = { Authorization = new("Bearer", secret) } };

    /// <summary>A job of the CI with a credential for this scope: <c>log:EXPERIMENT</c>, <c>submit:MODEL</c>, <c>attest:KIND:MODEL</c>. Claims as <see cref="CiProvider.Token"/> has them.</summary>
    public static async Task<Given> Job(this TestServer server, CiProvider ci, string scope, params (string Name, JsonNode? Value)[] claims) =>
        server.With(await server.Minted(ci.Token([.. scope.StartsWith("attest", StringComparison.Ordinal) ? [("workflow_ref", AccessText.EvaluationFlow)] : Array.Empty<(string, JsonNode?)>(), .. claims]), scope));
}
