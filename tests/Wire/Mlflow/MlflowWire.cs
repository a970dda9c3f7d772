using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Calls at MLflow's wire as its clients make them.</summary>
static class MlflowWire
{
    public static Task<Reply> Post(this TestServer server, string path, object body) => server.Send(HttpMethod.Post, path, JsonSerializer.Serialize(body));

    public static Task<Reply> Patch(this TestServer server, string path, object body) => server.Send(HttpMethod.Patch, path, JsonSerializer.Serialize(body));

    public static Task<Reply> Delete(this TestServer server, string path, object? body = null) => server.Send(HttpMethod.Delete, path, body is null ? null : JsonSerializer.Serialize(body));

    public static Task<Reply> Get(this TestServer server, string path) => server.Send(HttpMethod.Get, path, null);

    public static async Task<Reply> Send(this TestServer server, HttpMethod method, string path, string? body, string root = "/api/2.0/mlflow")
    {
        using var request = new HttpRequestMessage(method, root + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new((int)answer.StatusCode, text);
    }

    public static async Task<string> AnExperiment(this TestServer server, string? name = null) =>
        (string)(await server.Post("/experiments/create", new { name = name ?? $"experiment {Guid.NewGuid():N}" })).Good["experiment_id"]!;

    public static async Task<string> ARun(this TestServer server, string? experiment = null, long start = 1) =>
        (string)(await server.Post("/runs/create", new { experiment_id = experiment ?? await server.AnExperiment(), start_time = start })).Good["run"]!["info"]!["run_id"]!;

    public static async Task<JsonNode> Run(this TestServer server, string run) => (await server.Get($"/runs/get?run_id={run}")).Good["run"]!;

    public static Task<Reply> LogMetric(this TestServer server, string run, string key, object value, long timestamp = 1, long step = 0) =>
        server.Post("/runs/log-metric", new { run_id = run, key, value, timestamp, step });

    public static object Pair(string key, string value) => new { key, value };

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

sealed record Reply(int Status, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The body of a success, which is always 200.</summary>
    public JsonNode Good
    {
        get
        {
            Status.ShouldBe(200, Text);
            return Json;
        }
    }

    public string Message => (string)Json["message"]!;

    public void ShouldBeRefused(int status, string code, params string[] texts)
    {
        Status.ShouldBe(status, Text);
        ((string)Json["error_code"]!).ShouldBe(code, Text);
        foreach (var text in texts)
            Message.ShouldContain(text);
    }
}
