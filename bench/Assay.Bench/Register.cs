using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Bench;

/// <summary>Making versions of complete runs, and asking for one by its alias.</summary>
static class Register
{
    public static async Task Measure(Wire wire, Report report, int versions, double seconds)
    {
        var model = "bench-" + Guid.NewGuid().ToString("N");
        await wire.Post("registered-models/create", new JsonObject { ["name"] = model }.ToJsonString());
        List<double> taken = [];
        for (var i = 0; i < versions; i++)
        {
            var run = await Complete(wire);
            var began = Stopwatch.GetTimestamp();
            await wire.Post("model-versions/create", new JsonObject { ["name"] = model, ["source"] = $"runs:/{run}/model", ["run_id"] = run }.ToJsonString());
            taken.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        report.Add("register a version", "calls/s", Figures.Of(taken, taken.Sum() / 1000));
        await wire.Post("registered-models/alias", new JsonObject { ["name"] = model, ["alias"] = "best", ["version"] = "1" }.ToJsonString());
        report.Add("get by alias, 1 client", "calls/s", await Load.Closed(wire.Url, 1, seconds, (connection, _) =>
            Task.FromResult<Func<int, byte[]>>(_ => connection.Request("GET", $"/api/2.0/mlflow/registered-models/alias?name={model}&alias=best", ""))));
    }

    /// <summary>A run with all that a version needs.</summary>
    static async Task<string> Complete(Wire wire)
    {
        var tags = new Dictionary<string, string>
        {
            ["mlflow.user"] = "ci",
            ["mlflow.source.name"] = "train.py",
            ["mlflow.source.type"] = "JOB",
            ["mlflow.source.git.commit"] = new string('a', 40),
            ["mlflow.source.git.dirty"] = "false",
            ["mlflow.source.git.repoURL"] = "https://git.example/fraud.git",
        };
        var (run, root) = await wire.Run(new JsonArray([.. tags.Select(t => (JsonNode)new JsonObject { ["key"] = t.Key, ["value"] = t.Value })]));
        await wire.Post("runs/log-batch", $$"""{"run_id": "{{run}}", "params": [{"key": "learning_rate", "value": "0.1"}, {"key": "seed", "value": "7"}], "metrics": [{"key": "auc", "value": 0.9, "timestamp": 1700000000000, "step": 0}]}""");
        await wire.Post("runs/log-inputs", $$$"""{"run_id": "{{{run}}}", "datasets": [{"tags": [{"key": "mlflow.data.context", "value": "training"}], "dataset": {"name": "transactions", "digest": "0a1b2c3d", "source_type": "s3", "source": "{\"uri\": \"s3://data/transactions/v7\"}", "profile": "{\"num_rows\": 1000}"}}]}""");
        await wire.Upload(root, "model/MLmodel", $$"""
            artifact_path: model
            flavors:
              python_function:
                env: {conda: conda.yaml, virtualenv: python_env.yaml}
                loader_module: mlflow.sklearn
                model_path: model.pkl
                python_version: 3.11.7
            mlflow_version: 2.22.0
            model_uuid: {{Guid.NewGuid():N}}
            run_id: {{run}}
            signature:
              inputs: '[{"type": "double", "name": "amount", "required": true}]'
              outputs: '[{"type": "double", "required": true}]'
              params: null
            utc_time_created: '2026-01-01 00:00:00.000000'
            """);
        foreach (var (file, text) in new[] { ("requirements.txt", "mlflow==2.22.0\nscikit-learn==1.5.2\n"), ("python_env.yaml", "python: 3.11.7\n"), ("conda.yaml", "name: mlflow-env\n"), ("model.pkl", run) })
            await wire.Upload(root, "model/" + file, text);
        await wire.Post("runs/update", $$"""{"run_id": "{{run}}", "status": "FINISHED", "end_time": 1700000002000}""");
        return run;
    }
}
