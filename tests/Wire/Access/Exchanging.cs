using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Access;

/// <summary>What an honest job gets for its identity token, and what that is good for.</summary>
public sealed class Exchanging(Servers servers)
{
    [Theory, BothEngines]
    public async Task A_job_gets_ten_minutes_for_one_action_about_one_thing(Engine engine)
    {
        await using var ci = await CiProvider.Start();
        await using var server = await servers.Locked(engine, new AccessText(ci.Issuer));
        var answer = await server.Exchange(ci.Token(), "log:fraud-nightly");
        ((int)answer.Status).ShouldBe(200, answer.Text);
        ((int)answer.Json["expires_in"]!).ShouldBe(600);
        ((string?)answer.Json["token_type"]).ShouldBe("Bearer");
        ((string?)answer.Json["issued_token_type"]).ShouldBe("urn:ietf:params:oauth:token-type:access_token");
        ((string?)answer.Json["scope"]).ShouldBe("log:fraud-nightly");
        var job = server.With((string)answer.Json["access_token"]!);
        var me = (await Given.Ok(job.Api(HttpMethod.Get, "whoami"))).Json;
        ((string?)me["principal"]).ShouldBe("workload:training");
        ((string?)me["job"]).ShouldBe("run_id=42");
        var run = await job.ARun(await job.AnExperiment("fraud-nightly"));
        run.Id.ShouldNotBeEmpty();
        ((int)(await job.Post("experiments/create", new() { ["name"] = "another" })).Status).ShouldBe(403);
        ((int)(await job.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = "fraud" })).Status).ShouldBe(403);
    }
}
