using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Drift;

/// <summary>The answer at 2am.</summary>
public sealed class TellingWhy(Servers servers)
{
    static async Task<JsonNode> Why(Given given, string model, string environment = "production") => (await Given.Ok(given.Api(HttpMethod.Get, $"environments/{environment}/models/{model}/why"))).Json;

    static Task<Answer> Report(Given given, string model, string digest) => Given.Ok(given.Api(HttpMethod.Post, "deployments",
        new JsonObject { ["environment"] = "production", ["model"] = model, ["digest"] = digest, ["status"] = "deployed", ["url"] = "https://ci/42" }), HttpStatusCode.Created);

    [Theory, BothEngines]
    public async Task It_tells_what_the_live_version_was_made_of_and_what_nobody_recorded(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.ACandidate();
        await Report(given, version.Model, version.Digest);
        var why = await Why(given, version.Model);
        ((string?)why["run"]!["run_id"]).ShouldBe(version.Run.Id);
        why["run"]!["writers"]!.AsArray().Select(w => (string?)w).ShouldBe(["local"]);
        var facts = why["run"]!["facts"]!.AsArray().ToLookup(f => $"{f!["group"]} {f["name"]}", f => f!);
        ((string?)facts["code commit"].Single()["value"]).ShouldBe(Given.Commit);
        ((string?)facts["parameters learning_rate"].Single()["value"]).ShouldBe("0.1");
        ((string?)facts["data transactions"].Single()["value"]).ShouldNotBeNull().ShouldContain("0a1b2c3d");
        ((string?)facts["metrics auc"].Single()["value"]).ShouldBe("0.91");
        ((string?)facts["environment scikit-learn"].Single()["value"]).ShouldBe("1.5.2");
        ((string?)facts["signature inputs"].Single()["value"]).ShouldNotBeNull().ShouldContain("double");
        facts["environment hardware"].Single()["value"].ShouldBeNull();
        ((string?)facts["environment hardware"].Single()["wanted"]).ShouldBe("{item: environment.hardware}");
        ((string?)why["headline"]).ShouldNotBeNull().ShouldContain("nothing is approved");
        ((string?)why["responsible"]!["mend"]).ShouldNotBeNull().ShouldContain("environment apply");
    }

    [Theory, BothEngines]
    public async Task It_compares_what_is_live_with_the_last_good_and_says_how_to_go_back(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        var good = await given.AChampion(model);
        var bad = await given.AChampion(model);
        await Report(given, model, bad.Digest);
        var why = await Why(given, model);
        ((string?)why["status"]).ShouldBe("claimed");
        ((string?)why["last_good"]!["digest"]).ShouldBe(good.Digest);
        why["difference"]!["groups"]!.AsArray().Select(g => (string?)g!["group"]).ShouldBe(["files"]);
        why["difference"]!["same"]!.AsArray().Select(g => (string?)g).ShouldContain("code");
        ((string?)why["rollback"]!["command"]).ShouldNotBeNull().ShouldStartWith($"assay rollback {model} --env production");
        ((string?)why["rollback"]!["to"]).ShouldBe(good.Digest);

        await Given.Ok(given.RollBack(model), HttpStatusCode.Created);
        why = await Why(given, model);
        ((string?)why["status"]).ShouldBe("drift", "after a rollback what it left has no time");
        ((string?)why["approved"]!["kind"]).ShouldBe("rollback");
        ((string?)why["last_good"]!["digest"]).ShouldBe(good.Digest);
        ((string?)why["rollback"]!["command"]).ShouldNotBeNull().ShouldStartWith($"assay pull {model} --env production --verify");
    }

    [Theory, BothEngines]
    public async Task Its_timeline_is_the_ledger_newest_first(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        for (var looked = 0; looked < 1000; looked++)
        {
            var timeline = (await Why(given, version.Model))["timeline"]!.AsArray();
            var actions = timeline.Select(e => (string)e!["action"]!).ToList();
            if (!actions.Contains("promotion.made"))
                continue;
            actions.ShouldContain("version.sealed");
            actions.ShouldContain("evidence.recorded");
            timeline.Select(e => (DateTimeOffset)e!["at"]!).ShouldBeInOrder(SortDirection.Descending);
            return;
        }
        Assert.Fail("the promotion never got into the ledger");
    }

    [Theory, BothEngines]
    public async Task Something_live_that_is_no_version_says_that_nothing_is_known_of_it(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var version = await given.AChampion(Given.Name("model"));
        await Report(given, version.Model, "sha256:" + new string('e', 64));
        var why = await Why(given, version.Model);
        ((string?)why["run"]!["digest"]).ShouldBe(version.Digest, "of what is approved, at least, everything is known");
        ((string?)why["difference"]!["note"]).ShouldNotBeNull().ShouldContain("no version of this registry");
        ((string?)why["headline"]).ShouldNotBeNull().ShouldContain("no version of this registry");
    }

    [Theory, BothEngines]
    public async Task A_model_that_nobody_knows_is_not_found(Engine engine) =>
        (await (await servers.On(engine)).Given.Api(HttpMethod.Get, "environments/production/models/nobody/why")).ShouldBeRefused(404, "no-such-model");
}
