using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Identity;

/// <summary>A list that is cut leaves out first what its reader does not see: else what is hidden would take the place of what is not.</summary>
public sealed class CutLists(Servers servers)
{
    [Theory, BothEngines]
    public async Task What_is_hidden_takes_no_place_in_a_list_and_shows_nowhere(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var (fraud, secret) = (Given.Name("fraud"), Given.Name("secret"));
        // The oldest is the one that is seen; three newer ones of a hidden model follow.
        foreach (var (model, environments) in new[] { (fraud, (string[])["production"]), (secret, ["production", "staging", "test"]) })
        {
            var version = await server.Given.AMeasured(model);
            await server.Given.APolicy(model, "[{count: 1, role: model-risk}]");
            foreach (var environment in environments)
                await server.Given.Promote(version, environment: environment);
        }
        ((JsonArray)(await Given.Ok(server.Given.Api(HttpMethod.Get, "promotions"))).Json["requests"]!).Count.ShouldBe(4);
        await server.Apply(LockedServers.Policy);
        // Sees models named fraud…, and may approve them.
        var ann = await server.As("ann", "fraud-readers");
        foreach (var query in (string[])["?limit=1", "?limit=2", "?limit=1000", $"?limit=1&model={fraud}"])
            Models(await Given.Ok(ann.Api(HttpMethod.Get, "promotions" + query))).ShouldBe([fraud], query);
        Models(await Given.Ok(ann.Api(HttpMethod.Get, $"promotions?model={secret}"))).ShouldBeEmpty();
        var root = await server.As("adam", "admins");
        Models(await Given.Ok(root.Api(HttpMethod.Get, "promotions?limit=3"))).ShouldBe([secret, secret, secret]);
        foreach (var page in (string[])["/", "/environments", "/environments/production", $"/search?q={secret}"])
            (await ann.Send(new(HttpMethod.Get, page))).Text.ShouldNotContain($">{secret}<", customMessage: page);
        (await ann.Send(new(HttpMethod.Get, "/"))).Text.ShouldContain(fraud);
    }

    [Theory, BothEngines]
    public async Task Those_that_wait_for_somebody_are_found_behind_any_number_that_do_not(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var (waits, others) = (Given.Name("fraud"), Given.Name("other"));
        foreach (var (model, role, environments) in new[] { (waits, "risk", (string[])["production"]), (others, "nobody", ["production", "staging", "test"]) })
        {
            var version = await server.Given.AMeasured(model);
            await Given.Ok(server.Given.Api(HttpMethod.Put, $"policies/{model}", yaml: $$"""
                apiVersion: assay/v1
                kind: Policy
                metadata: {name: {{model}}}
                match: {model: {{model}}}
                require: [{evidence: heldout, role: heldout, rules: [{metric: auc, at_least: 0.1}]}]
                approvals: [{count: 1, role: {{role}}}]
                """));
            await Given.Ok(server.Given.Attach(version, Judging.Heldout(0.90, 0.88, 0.92)), System.Net.HttpStatusCode.Created);
            foreach (var environment in environments)
                await server.Given.Promote(version, environment: environment);
        }
        var answer = await Given.Ok(server.Given.Api(HttpMethod.Get, "promotions?waiting=true&limit=1", actor: "ann:risk"));
        Models(answer).ShouldBe([waits]);
    }

    [Theory, BothEngines]
    public async Task Models_are_chosen_before_they_are_cut(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        foreach (var name in (string[])["a", "b", "c", "zebra"])
            await Given.Ok(server.Given.Post("registered-models/create", new() { ["name"] = name }));
        var (store, models, tallies) = (server.Services.GetRequiredService<Store>(), server.Services.GetRequiredService<Models>(), server.Services.GetRequiredService<ModelTallies>());
        var sees = new Sees(Principal.Proven(PrincipalKind.Person, "zoe", [new("viewer") { Models = ["z*"] }], "token:1"));
        var ct = TestContext.Current.CancellationToken;
        (await store.Read(tx => models.Seen(tx, sees, 1), ct)).Select(m => m.Name).ShouldBe(["zebra"]);
        (await store.Read(tx => tallies.Of(tx, sees, 1), ct)).Select(t => t.Model).ShouldBe(["zebra"]);
        (await store.Read(tx => models.Seen(tx, new(Principal.Local), 1, "EBR"), ct)).Select(m => m.Name).ShouldBe(["zebra"]);
        (await store.Read(tx => models.Seen(tx, new(Principal.Local), 2), ct)).Select(m => m.Name).ShouldBe(["a", "b"]);
    }

    static List<string> Models(Answer answer) => [.. ((JsonArray)answer.Json["requests"]!).Select(r => (string)r!["model"]!)];
}
