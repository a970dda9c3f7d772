using System.Text.Json;
using Assay.Server.Storage;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Whatever is sent, no answer is one that clients try again (408, 429, 5xx).</summary>
public sealed class AnyInput(Servers servers)
{
    static readonly (string Method, string Path, string[] Fields)[] Routes =
    [
        ("POST", "/experiments/create", ["name", "artifact_location", "tags"]), ("POST", "/experiments/search", ["filter", "order_by", "page_token", "max_results", "view_type"]),
        ("GET", "/experiments/get", ["experiment_id"]), ("POST", "/experiments/update", ["experiment_id", "new_name"]), ("POST", "/experiments/set-experiment-tag", ["experiment_id", "key", "value"]),
        ("POST", "/runs/create", ["experiment_id", "user_id", "run_name", "start_time", "tags"]), ("POST", "/runs/update", ["run_id", "status", "end_time", "run_name"]),
        ("POST", "/runs/search", ["experiment_ids", "filter", "order_by", "run_view_type", "max_results", "page_token"]), ("POST", "/runs/log-batch", ["run_id", "metrics", "params", "tags"]),
        ("POST", "/runs/log-metric", ["run_id", "key", "value", "timestamp", "step", "model_id"]), ("POST", "/runs/log-parameter", ["run_id", "key", "value"]), ("POST", "/runs/set-tag", ["run_id", "key", "value"]),
        ("POST", "/runs/log-inputs", ["run_id", "datasets", "models"]), ("POST", "/runs/outputs", ["run_id", "models"]), ("POST", "/runs/log-model", ["run_id", "model_json"]),
        ("GET", "/metrics/get-history", ["run_id", "metric_key", "page_token", "max_results"]), ("GET", "/metrics/get-history-bulk-interval", ["run_ids", "metric_key", "start_step", "end_step", "max_results"]),
        ("POST", "/logged-models", ["experiment_id", "name", "params", "tags", "source_run_id"]), ("POST", "/logged-models/search", ["experiment_ids", "filter", "datasets", "order_by", "max_results", "page_token"]),
        ("GET", "/registered-models/search", ["filter", "order_by", "page_token", "max_results"]), ("GET", "/model-versions/search", ["filter", "order_by", "page_token", "max_results"]),
    ];

    [Theory, BothEngines]
    public async Task No_answer_is_one_that_clients_try_again(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        object?[] values =
        [
            null, "", "x", run, 0, -1, 1.5, 1e300, long.MaxValue, "9223372036854775807", "9223372036854775808", true, Array.Empty<object>(), new[] { "x" }, new object[] { 1 }, new object?[] { null }, new { }, new { key = "k", value = "v" },
            new[] { new { key = "k", value = "v" } }, new[] { new { key = "k", value = "NaN", timestamp = "1", step = "-5" } }, new[] { new { dataset = new { name = "n", digest = "d", source_type = "s", source = "u" } } }, new[] { new { model_id = "m" } },
            new[] { new { field_name = "metrics.a`b" } }, "name LIKE '%\\'", "metrics.a > 1e999", "tags.`a` ILIKE '\\%_'", "\0", "\ud800", "é中😀", "a'; DROP TABLE tracking_run; --", new string('x', 3000), "creation_time DESC", "0", "ALL", 2,
        ];
        var gen = Gen.Select(Gen.Int[0, Routes.Length - 1], Gen.Int[0, values.Length - 1].Array[6]);
        for (var i = 0; i < 400; i++)
        {
            var (at, picks) = gen.Single();
            var (method, path, fields) = Routes[at];
            // A run's id now and then, so that the request gets further than its first field.
            var body = fields.Select((f, n) => KeyValuePair.Create(f, f == "run_id" && picks[n] % 2 == 0 ? run : values[picks[n]])).ToDictionary();
            var json = JsonSerializer.Serialize(body).Replace("\\uFFFD", "\\ud800", StringComparison.Ordinal);
            var reply = await server.Send(new(method), path, json);
            (reply.Status is < 500 and not 408 and not 429).ShouldBeTrue($"{method} {path} {json} → {reply.Status} {reply.Text}");
            JsonDocument.Parse(reply.Text).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        }
    }

    [Theory, BothEngines]
    public async Task Query_strings_are_read_as_leniently_and_as_safely(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var query in (string[])["experiment_id=", "experiment_id=%00", "experiment_id=%ff", "experiment_id=0&experiment_id=1", "experiment_id=99999999999999999999", "experiment_id=-1", "experiment_id=%2B1", "x=y"])
        {
            var reply = await server.Get($"/experiments/get?{query}");
            reply.Status.ShouldBeOneOf([200, 400, 404], $"{query}: {reply.Text}");
        }
    }
}
