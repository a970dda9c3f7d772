using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Builders;

/// <summary>Servers with an access policy, and callers with credentials of a CI.</summary>
public static class WithIdentity
{
    /// <summary>A server of its own with this policy in force.</summary>
    public static Task<TestServer> Locked(this Servers servers, Engine engine, AccessText policy) => servers.Fresh(engine, o => o with { Access = policy.InFile(o.Data) });

    /// <summary>The policy as a file beside the server's data.</summary>
    public static string InFile(this AccessText policy, string folder)
    {
        var file = Path.Combine(folder, "access.yaml");
        File.WriteAllText(file, policy.ToString());
        return file;
    }

    /// <summary>Puts another policy in force, as an administrator would.</summary>
    public static async Task Apply(this TestServer server, AccessText policy) =>
        (await server.Services.GetRequiredService<AccessBook>().Apply("main", policy.ToString(), Principal.Server, fromFile: false, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

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

    /// <summary>The bodies of all entries of the ledger that hold this text, a line each.</summary>
    public static async Task<string> Ledger(this TestServer server, string holding)
    {
        List<string> found = [];
        await server.Services.GetRequiredService<Store>().Visit("SELECT body FROM ledger_entry", [], row =>
        {
            var text = System.Text.Encoding.UTF8.GetString(row.Bytes(0));
            if (text.Contains(holding, StringComparison.Ordinal))
                found.Add(text);
            return true;
        }, TestContext.Current.CancellationToken);
        return string.Join('\n', found);
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
