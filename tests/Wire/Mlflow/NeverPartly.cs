using System.Text.Json.Nodes;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>A batch is written whole or not at all, whatever is wrong with it and wherever that stands.</summary>
public sealed class NeverPartly(Servers servers)
{
    /// <summary>Batches of a few keys, so that params clash, with now and then a member that is refused.</summary>
    static readonly Gen<JsonObject> Batches = Gen.Select(
        Member(Gen.Select(Key("m"), Gen.Frequency((9, Gen.Int[0, 3].Select(v => (JsonNode)v)), (1, Gen.Const(0).Select(_ => (JsonNode)"much"))), Gen.Frequency((9, Gen.Int[0, 2]), (1, Gen.Const(-1))), (key, value, at) => new JsonObject { ["key"] = key, ["value"] = value, ["timestamp"] = at, ["step"] = at })),
        Member(Gen.Select(Key("p"), Gen.Int[0, 1], (key, value) => new JsonObject { ["key"] = key, ["value"] = $"{value}" })),
        Member(Gen.Select(Key("t"), Gen.Int[0, 9], (key, value) => new JsonObject { ["key"] = key, ["value"] = $"{value}" })),
        (metrics, parameters, tags) => new JsonObject { ["metrics"] = metrics, ["params"] = parameters, ["tags"] = tags });

    static Gen<string> Key(string start) => Gen.Frequency((30, Gen.Int[0, 4].Select(i => $"{start}{i}")), (1, Gen.Const("../x")), (1, Gen.Const("")));

    static Gen<JsonArray> Member(Gen<JsonObject> one) => one.Array[0, 4].Select(items => new JsonArray([.. items]));

    [Theory, BothEngines]
    public async Task A_refused_batch_leaves_everything_as_it_was(Engine engine)
    {
        var server = await servers.On(engine);
        var (run, refused, taken) = (await server.ARun(), 0, 0);
        for (var i = 0; i < 60; i++)
        {
            var batch = Batches.Single();
            batch["run_id"] = run;
            var before = await State(server, run);
            var reply = await server.Send(HttpMethod.Post, "/runs/log-batch", batch.ToJsonString());
            if (reply.Status == 200)
            {
                taken++;
                await Holds(server, run, batch);
                continue;
            }
            refused++;
            reply.Status.ShouldBe(400, reply.Text);
            (await State(server, run)).ShouldBe(before, batch.ToJsonString());
            if (refused % 5 == 0)
                run = await server.ARun(); // params fill up, and then nothing but clashes would be left
        }
        refused.ShouldBeGreaterThan(5);
        taken.ShouldBeGreaterThan(5);
    }

    [Theory, BothEngines]
    public async Task Many_writers_at_once_are_each_whole_or_not_at_all(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        // Writers of one param with different values: one wins, and of the others nothing is kept, though their metrics stand before it in the batch.
        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => server.Post("/runs/log-batch", new
        {
            run_id = run,
            metrics = new[] { new { key = $"m{i}", value = i, timestamp = 1 } },
            @params = new[] { MlflowWire.Pair($"own{i}", "v"), MlflowWire.Pair("shared", $"{i}") },
            tags = new[] { MlflowWire.Pair($"t{i}", "v") },
        })));
        var won = replies.Select((reply, i) => (reply, i)).Where(r => r.reply.Status == 200).Select(r => r.i).ShouldHaveSingleItem();
        replies.Count(r => r.Status == 400).ShouldBe(15);
        var data = (await server.Run(run))["data"]!;
        data["metrics"]!.AsArray().Select(m => (string)m!["key"]!).ShouldBe([$"m{won}"]);
        data["params"]!.AsArray().Select(p => (string)p!["key"]!).ShouldBe([$"own{won}", "shared"]);
        data["tags"]!.AsArray().Select(t => (string)t!["key"]!).ShouldContain($"t{won}");
        data["tags"]!.AsArray().Count.ShouldBe(2);
    }

    static async Task<string> State(TestServer server, string run)
    {
        var state = (await server.Run(run)).ToJsonString();
        foreach (var key in (string[])["m0", "m1", "m2", "m3", "m4"])
            state += (await server.Get($"/metrics/get-history?run_id={run}&metric_key={key}")).Text;
        return state;
    }

    static async Task Holds(TestServer server, string run, JsonObject batch)
    {
        var data = (await server.Run(run))["data"]!;
        foreach (var (list, name) in new[] { ("params", "params"), ("tags", "tags") })
            foreach (var (key, value) in batch[list]!.AsArray().GroupBy(p => (string)p!["key"]!).Select(g => (g.Key, (string)g.Last()!["value"]!)))
                data[name]!.AsArray().Single(p => (string)p!["key"]! == key)!["value"]!.ToString().ShouldBe(value);
        foreach (var metric in batch["metrics"]!.AsArray())
            (await server.Get($"/metrics/get-history?run_id={run}&metric_key={metric!["key"]}")).Good["metrics"]!.AsArray()
                .Select(p => $"{p!["timestamp"]} {p["value"]}").ShouldContain($"{metric["timestamp"]} {metric["value"]}");
    }
}
