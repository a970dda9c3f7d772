using System.Net;
using System.Text.Json.Nodes;
using Assay.Tests.Builders;
using CsCheck;

namespace Assay.Tests.Wire.Replicas;

/// <summary>No replica serves what another one has changed: for every kind of thing, in any order of writers.</summary>
public sealed class Sharing(Servers servers)
{
    /// <summary>A kind of thing: how a text that no other write has is written to it, and where it is then read.</summary>
    sealed record Thing(string Name, Func<Given, string, Task> Write, Func<Given, Task<Answer>> Read);

    [Fact]
    public async Task What_one_replica_writes_every_other_shows_at_once()
    {
        await using var replicas = await ReplicaSet.Start(servers, 3);
        var things = await Things(replicas[0].Given);
        await Gen.Select(Gen.Int[0, things.Count - 1], Gen.Int[0, 2]).List[4, 30].SampleAsync(async steps =>
        {
            foreach (var (thing, writer) in steps)
            {
                var mark = Random.Shared.NextInt64(1_000_000_000, 9_000_000_000).ToString();
                await things[thing].Write(replicas[writer].Given, mark);
                foreach (var replica in replicas.Members)
                    (await things[thing].Read(replica.Given)).Text.ShouldContain(mark, Case.Sensitive, $"{things[thing].Name} written through {writer}, read through {replica.Url}");
            }
        }, iter: 12, threads: 1);
    }

    [Fact]
    public async Task Versions_promotions_and_aliases_move_under_every_replica_alike()
    {
        await using var replicas = await ReplicaSet.Start(servers, 2);
        var (a, b) = (replicas[0].Given, replicas[1].Given);
        var model = Given.Name("model");
        var first = await a.AChampion(model);
        var second = await b.AChampion(model);
        foreach (var given in (Given[])[a, b])
            ((string?)(await given.Slot(model))["current"]!["digest"]).ShouldBe(second.Digest);
        await Given.Ok(a.RollBack(model), HttpStatusCode.Created);
        ((string?)(await b.Slot(model))["current"]!["digest"]).ShouldBe(first.Digest);
        (await b.RollBack(model, to: first.Digest)).ShouldBeRefused(409, "already-approved");
        foreach (var (writer, reader, version) in ((Given, Given, string)[])[(a, b, "1"), (b, a, "2"), (a, b, "1")])
        {
            await Given.Ok(writer.Post("registered-models/alias", new() { ["name"] = model, ["alias"] = "soft", ["version"] = version }));
            ((string?)(await Given.Ok(reader.Get($"registered-models/alias?name={model}&alias=soft"))).Json["model_version"]!["version"]).ShouldBe(version);
        }
        var gap = await a.ACompleteRun(finish: false, tags: new Dictionary<string, string?> { ["mlflow.source.git.commit"] = null });
        await Given.Ok(a.End(gap));
        (await b.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = gap.Id, ["model"] = model })).Status.ShouldBe(HttpStatusCode.BadRequest);
        await Given.Ok(a.Api(HttpMethod.Put, $"profiles/{model}", yaml: $"apiVersion: assay/v1\nkind: CaptureProfile\nmetadata: {{name: {model}}}\nmatch: {{model: {model}}}\nrequire:\n  - {{item: run.finished}}\n"));
        await Given.Ok(b.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = gap.Id, ["model"] = model }), HttpStatusCode.Created);
        (await a.Post("runs/set-tag", new() { ["run_id"] = gap.Id, ["key"] = "k", ["value"] = "v" })).ShouldBeRefused(409, "run-sealed");
    }

    static async Task<List<Thing>> Things(Given given)
    {
        var (experiment, model, site) = (await given.AnExperiment(), Given.Name("model"), Given.Name("site"));
        var run = await given.ARun(experiment);
        await Given.Ok(given.Post("registered-models/create", new() { ["name"] = model }));
        var version = await given.ACandidate(model);
        Task Post(Given g, string route, JsonObject body) => Given.Ok(g.Post(route, body));
        Task Put(Given g, string path, string yaml) => Given.Ok(g.Api(HttpMethod.Put, path, yaml: "apiVersion: assay/v1\n" + yaml));
        return
        [
            new("an experiment's tag", (g, m) => Post(g, "experiments/set-experiment-tag", new() { ["experiment_id"] = experiment, ["key"] = "k", ["value"] = m }), g => g.Get($"experiments/get?experiment_id={experiment}")),
            new("an experiment's name", (g, m) => Post(g, "experiments/update", new() { ["experiment_id"] = experiment, ["new_name"] = m }), g => g.Get($"experiments/get?experiment_id={experiment}")),
            new("a run", (g, m) => Post(g, "runs/create", new() { ["experiment_id"] = experiment, ["run_name"] = m }), g => g.Post("runs/search", new() { ["experiment_ids"] = new JsonArray(experiment), ["max_results"] = 1000 })),
            new("a run's tag", (g, m) => Post(g, "runs/set-tag", new() { ["run_id"] = run.Id, ["key"] = "k", ["value"] = m }), g => g.Get($"runs/get?run_id={run.Id}")),
            new("a param", (g, m) => Post(g, "runs/log-parameter", new() { ["run_id"] = run.Id, ["key"] = m, ["value"] = "1" }), g => g.Get($"runs/get?run_id={run.Id}")),
            new("a metric", (g, m) => Post(g, "runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = "m", ["value"] = 1, ["timestamp"] = long.Parse(m), ["step"] = 0 }), g => g.Get($"metrics/get-history?run_id={run.Id}&metric_key=m")),
            new("a file", (g, m) => Given.Ok(g.Upload(run, m + ".txt", m)), g => g.Get($"artifacts/list?run_id={run.Id}")),
            new("a model", (g, m) => Post(g, "registered-models/update", new() { ["name"] = model, ["description"] = m }), g => g.Get($"registered-models/get?name={model}")),
            new("a version's tag", (g, m) => Post(g, "model-versions/set-tag", new() { ["name"] = model, ["version"] = "1", ["key"] = "k", ["value"] = m }), g => g.Get($"model-versions/get?name={model}&version=1")),
            new("a profile", (g, m) => Put(g, $"profiles/{model}", $"kind: CaptureProfile\nmetadata: {{name: {model}}}\nmatch: {{model: {model}}}\nrequire:\n  - {{item: params, names: [p{m}]}}\n"), g => g.Api(HttpMethod.Get, $"runs/{run.Id}/capture?model={model}")),
            new("a policy", (g, m) => Put(g, $"policies/{model}", $"kind: Policy\nmetadata: {{name: {model}}}\nmatch: {{model: {model}, environment: production, slot: primary}}\nrequire:\n  - evidence: heldout\n    min_rows: {m[..9]}\n    rules:\n      - {{metric: auc{m}, at_least: 0.5}}\n"), g => g.Gate(version)),
            new("an environment", (g, m) => Put(g, $"environments/{site}", $"kind: Environment\nmetadata: {{name: {site}}}\nrunbook: https://runbooks.example/{m}\n"), g => g.Api(HttpMethod.Get, $"environments/{site}")),
            new("a report", (g, m) => Given.Ok(g.Api(HttpMethod.Post, "deployments", new JsonObject { ["environment"] = site, ["model"] = model, ["slot"] = "primary", ["digest"] = version.Digest, ["status"] = "deployed", ["url"] = $"https://ci.example/{m}" }), HttpStatusCode.Created), g => g.Api(HttpMethod.Get, $"environments/{site}/models/{model}")),
            new("evidence", (g, m) => Given.Ok(g.Attach(version, Builders.Judging.Invariants(suite: m)), HttpStatusCode.Created), g => g.Api(HttpMethod.Get, $"models/{model}/versions/1/evidence")),
        ];
    }
}
