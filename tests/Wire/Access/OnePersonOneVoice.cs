using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>People count by who they are, not by how many credentials they have.</summary>
public sealed class OnePersonOneVoice(Servers servers)
{
    [Theory, BothEngines]
    public async Task One_person_with_two_tokens_and_a_session_is_one_approver(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        var version = await server.Given.AMeasured();
        await server.Given.APolicy(version.Model, "[{count: 2, role: model-risk}]");
        await Given.Ok(server.Given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        await server.Apply(LockedServers.Policy);
        string[] groups = ["risk"];
        var secret = await server.TokenOf("ann", groups);
        var (first, second) = (server.With(secret), await server.As("ann", groups));
        ((string?)(await Given.Ok(first.Approve(version))).Json["state"]).ShouldBe("decided");
        ((string?)(await Given.Ok(second.Approve(version))).Json["state"]).ShouldBe("decided", "ann again");
        using var browser = new Builders.Browser(server.Url);
        await browser.Post("/signin/token", ("token", secret));
        var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/api/assay/v1/promotions/approvals")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new JsonObject { ["model"] = version.Model, ["digest"] = version.Digest, ["environment"] = "production", ["comment"] = "once more" }),
        };
        request.Headers.Add("Origin", server.Url);
        (await browser.Send(request)).Text.ShouldContain("\"state\":\"decided\"");
        var bob = (await Given.Ok((await server.As("bob", groups)).Approve(version))).Json;
        ((string?)bob["state"]).ShouldBe("approved");
        bob["promotion"]!["approvals"]!.AsArray().Select(a => (string?)a!["by"]).Distinct().Order().ShouldBe(["person:ann", "person:bob"]);
        bob["promotion"]!["approvals"]!.AsArray().ShouldAllBe(a => (bool)a!["verified"]!);
    }

    [Fact]
    public async Task An_approval_that_was_scoped_away_or_granted_to_another_group_is_refused()
    {
        await using var server = await servers.Fresh(Engine.Sqlite);
        var version = await server.Given.AMeasured();
        await server.Given.APolicy(version.Model, "[{count: 1, role: model-risk}]");
        await Given.Ok(server.Given.Attach(version, Judging.Heldout(0.85, 0.82, 0.88)), HttpStatusCode.Created);
        await server.Apply(LockedServers.Policy);
        var scoped = new Given(Callers.Client(server, await server.TokenOf("ann", ["risk"], "viewer")));
        (await scoped.Approve(version)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await server.As("vic", "viewers")).Approve(version)).Status.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)(await Given.Ok((await server.As("ann", "risk")).Approve(version))).Json["state"]).ShouldBe("approved");
    }
}
