using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Capture;

public sealed class Sealing(Servers servers)
{
    public static TheoryData<Engine, string> LateWrites()
    {
        var data = new TheoryData<Engine, string>();
        foreach (var engine in Enum.GetValues<Engine>())
            foreach (var what in Writes.Keys)
                data.Add(engine, what);
        return data;
    }

    static readonly Dictionary<string, (string Route, JsonObject Body)> Writes = new()
    {
        ["metric"] = ("runs/log-metric", new() { ["key"] = "auc", ["value"] = 0.99, ["timestamp"] = 5, ["step"] = 9 }),
        ["param"] = ("runs/log-parameter", new() { ["key"] = "extra", ["value"] = "1" }),
        ["tag"] = ("runs/set-tag", new() { ["key"] = "mlflow.source.git.commit", ["value"] = new string('b', 40) }),
        ["tag deletion"] = ("runs/delete-tag", new() { ["key"] = "mlflow.source.git.commit" }),
        ["batch"] = ("runs/log-batch", new() { ["metrics"] = new JsonArray(new JsonObject { ["key"] = "auc", ["value"] = 1, ["timestamp"] = 1, ["step"] = 1 }) }),
        ["input"] = ("runs/log-inputs", new() { ["datasets"] = new JsonArray(new JsonObject { ["tags"] = new JsonArray(), ["dataset"] = new JsonObject { ["name"] = "other", ["digest"] = "1", ["source_type"] = "s3", ["source"] = "{}" } }) }),
        ["status"] = ("runs/update", new() { ["status"] = "FAILED" }),
        ["name"] = ("runs/update", new() { ["run_name"] = "better" }),
        ["deletion"] = ("runs/delete", new()),
    };

    [Theory, MemberData(nameof(LateWrites))]
    public async Task A_sealed_run_refuses_every_write_and_says_what_to_do(Engine engine, string what)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        var (route, body) = Writes[what];
        var sent = (JsonObject)body.DeepClone();
        sent["run_id"] = version.Run.Id;
        (await server.Given.Post(route, sent)).ShouldBeRefused(409, "run-sealed", mend: "Log to a new run");
    }

    [Theory, BothEngines]
    public async Task A_sealed_file_takes_the_same_bytes_and_no_others(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate(weights: "weights");
        (await server.Given.Upload(version.Run, "model/model.pkl", "other")).ShouldBeRefused(409, "run-sealed");
        (await server.Given.Upload(version.Run, "model/new.bin", "other")).ShouldBeRefused(409, "run-sealed");
        await Given.Ok(server.Given.Upload(version.Run, "model/model.pkl", "weights"));
    }

    [Theory, BothEngines]
    public async Task What_clients_repeat_and_what_people_note_is_still_taken(Engine engine)
    {
        var server = await servers.On(engine);
        var run = (await server.Given.ACandidate()).Run.Id;
        await Given.Ok(server.Given.Post("runs/log-metric", new() { ["run_id"] = run, ["key"] = "auc", ["value"] = 0.91, ["timestamp"] = 1700000001000, ["step"] = 0 }));
        await Given.Ok(server.Given.Post("runs/log-parameter", new() { ["run_id"] = run, ["key"] = "seed", ["value"] = "7" }));
        await Given.Ok(server.Given.Post("runs/set-tag", new() { ["run_id"] = run, ["key"] = "mlflow.note.content", ["value"] = "looks good" }));
        await Given.Ok(server.Given.Post("runs/update", new() { ["run_id"] = run, ["status"] = "FINISHED", ["end_time"] = 1700000002000 }));
    }

    [Theory, BothEngines]
    public async Task The_digest_is_that_of_a_manifest_which_covers_name_size_and_bytes_of_every_file(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate(weights: "weights");
        var answer = await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}"));
        var files = answer.Json["files"]!.AsArray().Select(f => new PackageFile((string)f!["path"]!, (long)f["size"]!, Digest.Parse((string)f["digest"]!))).ToList();
        files.Select(f => f.Path).ShouldBe(["MLmodel", "conda.yaml", "model.pkl", "python_env.yaml", "requirements.txt"]);
        files.Single(f => f.Path == "model.pkl").Digest.ShouldBe(Digest.Of("weights"));
        var facts = await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Number}/run"));
        var seal = CanonicalJson.DigestOf(facts.Json);
        ((string?)answer.Json["seal"]).ShouldBe(seal.ToString());
        OciManifest.Build(version.Model, version.Run.Id, seal, files).Digest.ToString().ShouldBe(version.Digest);
        (await Given.Ok(server.Given.Api(HttpMethod.Get, $"artifacts/{Digest.Of("weights")}"))).Text.ShouldBe("weights");
    }

    [Theory, BothEngines]
    public async Task The_same_submission_again_is_the_same_version(Engine engine)
    {
        var server = await servers.On(engine);
        var version = await server.Given.ACandidate();
        var again = await Given.Ok(server.Given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = version.Run.Id, ["model"] = version.Model }), System.Net.HttpStatusCode.Created);
        ((string?)again.Json["digest"]).ShouldBe(version.Digest);
        ((long)again.Json["version"]!).ShouldBe(version.Number);
    }

    [Theory, BothEngines]
    public async Task Writers_that_race_with_the_seal_are_in_it_or_are_refused(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.Given.ACompleteRun();
        var model = Given.Name("raced");
        var uploads = Enumerable.Range(0, 24).Select(i => server.Given.Upload(run, $"late/{i}.txt", $"late {i}")).ToList();
        var metrics = Enumerable.Range(0, 24).Select(i => server.Given.Post("runs/log-metric", new() { ["run_id"] = run.Id, ["key"] = $"late{i}", ["value"] = i, ["timestamp"] = 1, ["step"] = 1 })).ToList();
        var submitted = await server.Given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model });
        var uploaded = await Task.WhenAll(uploads);
        var logged = await Task.WhenAll(metrics);
        if (submitted.Status == System.Net.HttpStatusCode.Conflict)
            submitted = await server.Given.Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model });
        submitted.Status.ShouldBe(System.Net.HttpStatusCode.Created, submitted.Text);
        var facts = (await Given.Ok(server.Given.Api(HttpMethod.Get, $"models/{model}/versions/1/run"))).Json;
        CanonicalJson.DigestOf(facts).ToString().ShouldBe((string?)submitted.Json["seal"]);
        var files = facts["files"]!.AsArray().Select(f => (string)f!["path"]!).ToHashSet();
        for (var i = 0; i < 24; i++)
        {
            ((int)uploaded[i].Status).ShouldBe(files.Contains($"{run.Root}/late/{i}.txt") ? 200 : 409);
            ((int)logged[i].Status).ShouldBe(facts["metrics"]![$"late{i}"] is not null ? 200 : 409);
        }
    }
}
