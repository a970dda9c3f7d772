using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>What a person's token lets through, over MLflow's wire and ours.</summary>
public sealed class PersonalCredentials(Servers servers)
{
    [Theory, BothEngines]
    public async Task An_unmodified_client_is_let_through_refused_and_shown_a_part_as_its_role_says(Engine engine)
    {
        await using var server = await servers.Locked(engine);
        var (tina, vic, fred) = (await server.As("tina", "trainers"), await server.As("vic", "viewers"), await server.As("fred", "fraud-readers"));
        var (shown, hidden) = (Given.Name("fraud"), Given.Name("churn"));
        await tina.AnExperiment(shown);
        await tina.AnExperiment(hidden);
        (await vic.Post("experiments/create", new() { ["name"] = "mine" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        var all = await Search(vic);
        (all.Contains(shown), all.Contains(hidden)).ShouldBe((true, true));
        var part = await Search(fred);
        (part.Contains(shown), part.Contains(hidden)).ShouldBe((true, false));
        (await server.Given.Post("experiments/search", new() { ["max_results"] = 10 })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Basic_carries_a_token_as_its_password_whatever_the_user_is_called()
    {
        await using var server = await servers.Locked(Engine.Sqlite);
        var token = await server.TokenOf("tina", ["trainers"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/assay/v1/whoami");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"somebody:{token}")));
        var answer = await server.Given.Send(request);
        ((string?)answer.Json["principal"]).ShouldBe("person:tina");
    }

    static async Task<string> Search(Given given) => (await Given.Ok(given.Post("experiments/search", new JsonObject { ["max_results"] = 1000 }))).Text;
}
