using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Tests.Builders;

/// <summary>What a training script and CI do, over the wire: each gives a valid thing by default.</summary>
public sealed class Given(HttpClient http)
{
    static int unique;

    public const string Commit = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// <summary>A name that no other test uses.</summary>
    public static string Name(string start) => $"{start}-{Interlocked.Increment(ref unique)}-{Guid.NewGuid().ToString("N")[..6]}";

    public async Task<Answer> Mlflow(HttpMethod method, string route, JsonObject? body = null, string version = "2.0")
    {
        using var request = new HttpRequestMessage(method, $"/api/{version}/mlflow/{route}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Send(request);
    }

    public Task<Answer> Post(string route, JsonObject body) => Mlflow(HttpMethod.Post, route, body);

    public Task<Answer> Get(string route) => Mlflow(HttpMethod.Get, route);

    /// <summary>A call to our own API; a text that is not JSON goes as YAML.</summary>
    public async Task<Answer> Api(HttpMethod method, string path, JsonNode? body = null, string? yaml = null, string? actor = null)
    {
        using var request = new HttpRequestMessage(method, "/api/assay/v1/" + path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (yaml is not null)
            request.Content = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        if (actor is not null)
            request.Headers.Add("X-Assay-As", actor);
        return await Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    public async Task<string> AnExperiment(string? name = null) =>
        (string)(await Post("experiments/create", new() { ["name"] = name ?? Name("experiment") })).Json["experiment_id"]!;

    /// <summary>A run that logs all that the built-in capture profile asks for, as a 2.x client with a CI context would.</summary>
    public async Task<LoggedRun> ACompleteRun(string? experiment = null, string weights = "weights", bool finish = true, IReadOnlyDictionary<string, string?>? tags = null)
    {
        var run = await ARun(experiment, tags);
        await Ok(Post("runs/log-batch", new()
        {
            ["run_id"] = run.Id,
            ["params"] = new JsonArray(Pair("learning_rate", "0.1"), Pair("seed", "7")),
            ["metrics"] = new JsonArray(new JsonObject { ["key"] = "auc", ["value"] = 0.91, ["timestamp"] = 1700000001000, ["step"] = 0 }),
        }));
        await Ok(Post("runs/log-inputs", new()
        {
            ["run_id"] = run.Id,
            ["datasets"] = new JsonArray(new JsonObject
            {
                ["tags"] = new JsonArray(Pair("mlflow.data.context", "training")),
                ["dataset"] = new JsonObject { ["name"] = "transactions", ["digest"] = "0a1b2c3d", ["source_type"] = "s3", ["source"] = """{"uri": "s3://data/transactions/v7"}""", ["profile"] = """{"num_rows": 1000}""" },
            }),
        }));
        await AModelFolder(run, weights);
        if (finish)
            await End(run);
        return run;
    }

    /// <summary>A run with nothing but its tags.</summary>
    public async Task<LoggedRun> ARun(string? experiment = null, IReadOnlyDictionary<string, string?>? tags = null)
    {
        Dictionary<string, string?> all = new()
        {
            ["mlflow.user"] = "ci",
            ["mlflow.source.name"] = "train.py",
            ["mlflow.source.type"] = "JOB",
            ["mlflow.runName"] = "bar",
            ["mlflow.source.git.commit"] = Commit,
            ["mlflow.source.git.dirty"] = "false",
            ["mlflow.source.git.repoURL"] = "https://git.example/fraud.git",
        };
        foreach (var (key, value) in tags ?? new Dictionary<string, string?>())
            all[key] = value;
        var answer = await Ok(Post("runs/create", new()
        {
            ["experiment_id"] = experiment ?? await AnExperiment(),
            ["user_id"] = "ci",
            ["start_time"] = 1700000000000,
            ["tags"] = new JsonArray([.. all.Where(t => t.Value is not null).Select(t => Pair(t.Key, t.Value!))]),
        }));
        var info = answer.Json["run"]!["info"]!;
        return new((string)info["run_id"]!, (string)info["artifact_uri"]!);
    }

    public async Task AModelFolder(LoggedRun run, string weights, string folder = "model")
    {
        await Ok(Upload(run, $"{folder}/MLmodel", MlModel(run.Id)));
        await Ok(Upload(run, $"{folder}/requirements.txt", "mlflow==2.22.0\nscikit-learn==1.5.2\n"));
        await Ok(Upload(run, $"{folder}/python_env.yaml", "python: 3.11.7\n"));
        await Ok(Upload(run, $"{folder}/conda.yaml", "name: mlflow-env\n"));
        await Ok(Upload(run, $"{folder}/model.pkl", weights));
    }

    public Task<Answer> End(LoggedRun run, string status = "FINISHED") => Post("runs/update", new() { ["run_id"] = run.Id, ["status"] = status, ["end_time"] = 1700000002000 });

    public Task<Answer> Upload(LoggedRun run, string path, string text) => UploadBytes(run, path, Encoding.UTF8.GetBytes(text));

    public async Task<Answer> UploadBytes(LoggedRun run, string path, byte[] bytes)
    {
        var below = string.Join('/', $"{run.Root}/{path}".Split('/').Select(Uri.EscapeDataString));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/2.0/mlflow-artifacts/artifacts/" + below) { Content = new ByteArrayContent(bytes) };
        return await Send(request);
    }

    /// <summary>A sealed candidate: its model, run and digest.</summary>
    public async Task<SealedVersion> ACandidate(string? model = null, string? weights = null)
    {
        var run = await ACompleteRun(weights: weights ?? Guid.NewGuid().ToString());
        model ??= Name("model");
        var answer = await Ok(Api(HttpMethod.Post, "versions", new JsonObject { ["run_id"] = run.Id, ["model"] = model }), HttpStatusCode.Created);
        return new(model, run, (string)answer.Json["digest"]!, (long)answer.Json["version"]!);
    }

    /// <summary>Invariants evidence with one case that holds: what the built-in admission policy asks for.</summary>
    public static JsonObject PassedInvariants(string model, string digest, bool ok = true) => new()
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = new JsonArray(new JsonObject { ["name"] = model, ["digest"] = new JsonObject { ["sha256"] = digest["sha256:".Length..] } }),
        ["predicateType"] = "https://assay.dev/attestation/evaluation/v1",
        ["predicate"] = new JsonObject
        {
            ["kind"] = "invariants",
            ["suite"] = new JsonObject { ["name"] = "cases", ["digest"] = new JsonObject { ["sha256"] = new string('3', 64) } },
            ["probes"] = new JsonArray(new JsonObject
            {
                ["id"] = "p1",
                ["input"] = new JsonObject { ["digest"] = new JsonObject { ["sha256"] = new string('4', 64) } },
                ["expected"] = new JsonObject { ["min"] = 0, ["max"] = 1 },
                ["actual"] = ok ? 0.5 : 2,
                ["ok"] = ok,
            }),
        },
    };

    public static JsonObject Pair(string key, string value) => new() { ["key"] = key, ["value"] = value };

    public static async Task<Answer> Ok(Task<Answer> call, HttpStatusCode wanted = HttpStatusCode.OK)
    {
        var answer = await call;
        answer.Status.ShouldBe(wanted, answer.Text);
        return answer;
    }

    public static string MlModel(string runId) => $$"""
        artifact_path: model
        flavors:
          python_function:
            env: {conda: conda.yaml, virtualenv: python_env.yaml}
            loader_module: mlflow.sklearn
            model_path: model.pkl
            python_version: 3.11.7
        mlflow_version: 2.22.0
        run_id: {{runId}}
        signature:
          inputs: '[{"type": "double", "name": "x", "required": true}]'
          outputs: '[{"type": "double", "required": true}]'
        """;
}

/// <summary>A run as its client knows it.</summary>
public sealed record LoggedRun(string Id, string ArtifactUri)
{
    /// <summary>The logical path of its artifacts.</summary>
    public string Root => ArtifactUri["mlflow-artifacts:".Length..].Trim('/');
}

/// <summary>A version as CI knows it.</summary>
public sealed record SealedVersion(string Model, LoggedRun Run, string Digest, long Number);

/// <summary>An answer, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>Is it this refusal, with a mend that says this?</summary>
    public void ShouldBeRefused(int status, string code, string mend = "")
    {
        ((int)Status).ShouldBe(status, Text);
        ((string?)Json["code"]).ShouldBe(code, Text);
        Text.ShouldContain(mend);
    }
}
