using System.Net;
using System.Text.Json.Nodes;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Deployments;

/// <summary>What CD reports and observers see, over HTTP.</summary>
public sealed class Telling(Servers servers)
{
    const string Epoch = "01HZZZZZZZZZZZZZZZZZZZZZZZ", Later = "01JZZZZZZZZZZZZZZZZZZZZZZZ";
    static readonly string A = "sha256:" + new string('a', 64), B = "sha256:" + new string('b', 64);

    static JsonObject Observation(string environment, string model, string? digest, long seq = 1, string epoch = Epoch, bool complete = true, string slot = "primary", int level = 5) => new()
    {
        ["source"] = "agent/1",
        ["environment"] = environment,
        ["epoch"] = epoch,
        ["seq"] = seq,
        ["complete"] = complete,
        ["slots"] = new JsonArray(new JsonObject { ["model"] = model, ["slot"] = slot, ["instances"] = digest is null ? new JsonArray() : new JsonArray(new JsonObject { ["digest"] = digest, ["level"] = level, ["share"] = 1 }) }),
    };

    static async Task<(Given Given, string Environment, string Model)> On(Servers servers, Engine engine) => ((await servers.On(engine)).Given, Given.Name("env"), Given.Name("model"));

    [Theory, BothEngines]
    public async Task A_report_is_kept_and_names_who_told_it(Engine engine)
    {
        var (given, environment, model) = await On(servers, engine);
        var answer = await Given.Ok(given.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = environment, ["model"] = model, ["slot"] = "primary", ["digest"] = A, ["share"] = 0.5, ["status"] = "deployed", ["url"] = "https://ci/1", ["routing"] = new JsonObject { ["weight"] = 50 } }, actor: "cd"), HttpStatusCode.Created);
        ((string?)answer.Json["by"]).ShouldBe("local:cd");
        ((bool)answer.Json["verified"]!).ShouldBeFalse();
        ((string?)answer.Json["status"]).ShouldBe("deployed");
        (await given.Api(HttpMethod.Get, $"environments/{environment}")).Json["declared"]!.GetValue<bool>().ShouldBeFalse("it came into being by being named");
    }

    [Theory, BothEngines]
    public async Task Everything_wrong_with_a_report_is_told_at_once(Engine engine)
    {
        var (given, _, _) = await On(servers, engine);
        var answer = await given.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = "a b", ["digest"] = "latest", ["share"] = 2, ["status"] = "done" });
        answer.ShouldBeRefused(400, "bad-report");
        answer.Json["gaps"]!.AsArray().Select(g => (string)g!["item"]!).ShouldBe(["environment", "model", "digest", "share", "status"]);
    }

    [Theory, BothEngines]
    public async Task An_older_observation_is_ignored(Engine engine)
    {
        var (given, environment, model) = await On(servers, engine);
        async Task<JsonNode> Tell(string digest, long seq, string epoch) => (await Given.Ok(given.Api(HttpMethod.Post, "observations", Observation(environment, model, digest, seq, epoch)))).Json;
        ((bool)(await Tell(A, 5, Epoch))["ignored"]!).ShouldBeFalse();
        ((bool)(await Tell(B, 5, Epoch))["ignored"]!).ShouldBeTrue("repeated");
        ((bool)(await Tell(B, 4, Epoch))["ignored"]!).ShouldBeTrue("late");
        ((bool)(await Tell(B, 0, Later))["ignored"]!).ShouldBeFalse("a new start");
        ((bool)(await Tell(A, 9, Epoch))["ignored"]!).ShouldBeTrue("of the start before");
    }

    [Theory, BothEngines]
    public async Task Only_a_complete_observation_takes_away(Engine engine)
    {
        var (given, environment, model) = await On(servers, engine);
        async Task<string[]> Tell(string? digest, long seq, bool complete) => [.. (await Given.Ok(given.Api(HttpMethod.Post, "observations", Observation(environment, model, digest, seq, complete: complete)))).Json["changed"]!.AsArray().Select(c => $"{c!["what"]} {((string)c["digest"]!)[7]}")];
        (await Tell(A, 1, true)).ShouldBe(["appeared a"]);
        (await Tell(A, 2, true)).ShouldBeEmpty();
        (await Tell(null, 3, false)).ShouldBeEmpty();
        (await Tell(B, 4, false)).ShouldBe(["appeared b"]);
        (await Tell(B, 5, true)).ShouldBe(["gone a"]);
        (await Tell(null, 6, true)).ShouldBe(["gone b"]);
    }

    [Theory, BothEngines]
    public async Task A_wrong_observation_is_refused_with_each_place(Engine engine)
    {
        var (given, environment, model) = await On(servers, engine);
        var body = Observation(environment, model, "latest", level: 0);
        body["epoch"] = "yesterday";
        var answer = await given.Api(HttpMethod.Post, "observations", body);
        answer.ShouldBeRefused(400, "bad-observation");
        answer.Json["gaps"]!.AsArray().Select(g => (string)g!["item"]!).ShouldBe(["epoch", "slots[0].instances[0].digest", "slots[0].instances[0].level"]);
    }

    [Theory, BothEngines]
    public async Task What_changes_is_in_the_ledger_and_what_stays_is_not(Engine engine)
    {
        await using var server = await servers.Fresh(engine);
        foreach (var seq in (long[])[1, 2, 3])
            await Given.Ok(server.Given.Api(HttpMethod.Post, "observations", Observation("production", "fraud", A, seq)));
        for (var looked = 0; looked < 400; looked++)
        {
            var entries = (await server.Given.Api(HttpMethod.Get, "ledger/entries")).Json["entries"]!.AsArray();
            if (entries.Count == 0)
                continue;
            entries.Count(e => (string?)e!["entry"]!["action"] == "deployment.observed").ShouldBe(1);
            return;
        }
        Assert.Fail("the ledger got no entry");
    }

    [Theory, BothEngines]
    public async Task An_environment_is_declared_by_a_document_and_the_same_again_changes_nothing(Engine engine)
    {
        var (given, environment, _) = await On(servers, engine);
        var yaml = $$"""
            apiVersion: assay/v1
            kind: Environment
            metadata: {name: {{environment}}}
            owners: [ana, bo]
            on_call: "+49 30 1234"
            runbook: https://runbooks.example/fraud
            grace: {approved_not_live: 5m}
            """;
        var first = await Given.Ok(given.Api(HttpMethod.Put, $"environments/{environment}", yaml: yaml));
        ((bool)first.Json["changed"]!).ShouldBeTrue();
        ((bool)(await Given.Ok(given.Api(HttpMethod.Put, $"environments/{environment}", yaml: yaml))).Json["changed"]!).ShouldBeFalse();
        var read = (await Given.Ok(given.Api(HttpMethod.Get, $"environments/{environment}"))).Json;
        read["owners"]!.AsArray().Select(o => (string?)o).ShouldBe(["ana", "bo"]);
        ((string?)read["grace"]!["approved_not_live"]).ShouldBe("5m");
        ((string?)read["yaml"]).ShouldBe(yaml);
    }

    [Theory, BothEngines]
    public async Task A_wrong_environment_document_is_refused_with_line_column_and_the_nearest_key(Engine engine)
    {
        var (given, environment, _) = await On(servers, engine);
        var answer = await given.Api(HttpMethod.Put, $"environments/{environment}", yaml: $"apiVersion: assay/v1\nkind: Environment\nmetadata: {{name: {environment}}}\nowner: ana\ngrace: {{approved_not_live: soon}}\n");
        answer.ShouldBeRefused(400, "malformed-document");
        answer.Text.ShouldContain("line 4, column 1");
        answer.Text.ShouldContain("owners");
        answer.Text.ShouldContain("a duration such as");
        (await given.Api(HttpMethod.Put, "environments/another", yaml: $"apiVersion: assay/v1\nkind: Environment\nmetadata: {{name: {environment}}}\n")).ShouldBeRefused(400, "other-name", "metadata.name");
    }
}
