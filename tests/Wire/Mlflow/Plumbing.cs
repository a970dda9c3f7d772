using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Mlflow;

public sealed class Plumbing(Servers servers)
{
    [Theory, BothEngines]
    public async Task Version_and_health_are_plain_texts_and_version_keeps_clients_from_sending_spans(Engine engine)
    {
        var server = await servers.On(engine);
        (await server.Http.GetStringAsync("/health")).ShouldBe("OK");
        System.Version.Parse(await server.Http.GetStringAsync("/version")).ShouldBeLessThan(new(3, 4));
    }

    [Theory, BothEngines]
    public async Task An_unknown_path_says_so_in_JSON(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var path in (string[])["/api/2.0/mlflow/nothing", "/ajax-api/2.0/mlflow/nothing", "/api/3.0/mlflow/traces/x", "/api/3.0/mlflow/server-info", "/api/4.0/x"])
        {
            var answer = await server.Http.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(404, path);
            (await Body(answer))["error_code"]!.GetValue<string>().ShouldBe("ENDPOINT_NOT_FOUND", path);
        }
    }

    [Theory, BothEngines]
    public async Task A_wrong_method_says_which_are_right(Engine engine)
    {
        var server = await servers.On(engine);
        var answer = await server.Http.GetAsync("/api/2.0/mlflow/traces/link-to-run");
        ((int)answer.StatusCode).ShouldBe(405);
        (await Body(answer))["message"]!.GetValue<string>().ShouldContain("POST");
    }

    [Theory, BothEngines]
    public async Task What_is_declared_but_not_served_is_501(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var path in (string[])["/api/2.0/mlflow/traces", "/api/3.0/mlflow/datasets/search", "/api/3.0/mlflow/datasets/d-1/records", "/api/3.0/mlflow/scorers/list", "/api/2.0/mlflow/webhooks", "/api/2.0/mlflow/webhooks/1", "/ajax-api/2.0/mlflow/get-trace-artifact?request_id=x",
            "/api/2.0/mlflow/users/get?username=x", "/api/2.0/mlflow/experiments/permissions/get", "/api/2.0/mlflow/registered-models/permissions/get", "/api/2.0/mlflow/unified-traces", "/ajax-api/3.0/jobs/1", "/ajax-api/2.0/mlflow/gateway-proxy", "/signup", "/graphql"])
        {
            var answer = await server.Http.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(501, path);
            (await Body(answer))["error_code"]!.GetValue<string>().ShouldBe("NOT_IMPLEMENTED", path);
        }
    }

    [Theory, BothEngines]
    public async Task Every_route_stands_under_both_prefixes_and_answers_alike(Engine engine)
    {
        // One of its own: between two answers nobody else may write.
        await using var server = await servers.Fresh(engine);
        var routes = RouteTable.Of(server);
        var api = routes.Where(r => r.Pattern.StartsWith("/api/2.0/", StringComparison.Ordinal) || r.Pattern.StartsWith("/api/3.0/", StringComparison.Ordinal)).ToList();
        api.Count.ShouldBeGreaterThan(90);
        foreach (var route in api)
        {
            var twin = route with { Pattern = "/ajax-" + route.Pattern[1..] };
            routes.ShouldContain(twin);
            (await Send(server, twin, "none")).ShouldBe(await Send(server, route, "none"), route.ToString());
        }

        static async Task<string> Send(TestServer server, WireRoute route, string part)
        {
            using var request = new HttpRequestMessage(new(route.Method), route.Path([part])) { Content = route.Method is "GET" or "HEAD" ? null : new StringContent("{}", System.Text.Encoding.UTF8, "application/json") };
            using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            // What is made has a number of its own.
            return $"{(int)answer.StatusCode} {System.Text.RegularExpressions.Regex.Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "[0-9a-f]{32}|\"(run_name|value)\":\"[^\"]*\"", "…").Replace("/ajax-api", "/api", StringComparison.Ordinal)}";
        }
    }

    [Theory, BothEngines]
    public async Task Numbers_are_numbers_and_ids_are_texts(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun(start: 7);
        await server.LogMetric(run, "m", 1, timestamp: 2, step: 3);
        var found = await server.Run(run);
        var (info, metric) = (found["info"]!, found["data"]!["metrics"]![0]!);
        foreach (var number in new[] { info["start_time"], metric["timestamp"], metric["step"], metric["value"] })
            number!.GetValueKind().ShouldBe(JsonValueKind.Number);
        foreach (var text in new[] { info["experiment_id"], info["run_id"], info["status"] })
            text!.GetValueKind().ShouldBe(JsonValueKind.String);
        info["end_time"].ShouldBeNull();
        var name = await server.AModel();
        await server.AVersion(name);
        var version = await server.Version(name, "1");
        version["version"]!.GetValueKind().ShouldBe(JsonValueKind.String);
        version["creation_timestamp"]!.GetValueKind().ShouldBe(JsonValueKind.Number);
    }

    [Theory, BothEngines]
    public async Task A_posted_body_needs_the_content_type_of_JSON(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var (method, path, type, status) in new (string, string, string?, int)[]
        {
            ("POST", "experiments/search", null, 400), ("POST", "experiments/search", "text/plain", 400), ("POST", "experiments/search", "application/x-www-form-urlencoded", 400),
            ("POST", "experiments/search", "application/json; charset=utf-8", 200), ("POST", "experiments/search", "Application/JSON", 200), ("PATCH", "registered-models/update", null, 404), ("DELETE", "registered-models/delete", null, 404),
        })
        {
            using var request = new HttpRequestMessage(new(method), "/api/2.0/mlflow/" + path) { Content = new ByteArrayContent("""{"name":"nobody's"}"""u8.ToArray()) };
            if (type is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(status, $"{method} {path} {type}");
            if (status == 400)
                (await Body(answer))["error_code"]!.GetValue<string>().ShouldBe("INVALID_PARAMETER_VALUE");
        }
    }

    [Theory, BothEngines]
    public async Task The_old_name_of_a_runs_id_is_taken_wherever_it_was(Engine engine)
    {
        var server = await servers.On(engine);
        var run = await server.ARun();
        foreach (var reply in new[]
        {
            await server.Get($"/runs/get?run_uuid={run}"), await server.Post("/runs/update", new { run_uuid = run, run_id = "", status = "RUNNING" }), await server.Post("/runs/log-metric", new { run_uuid = run, key = "m", value = 1, timestamp = 1 }),
            await server.Post("/runs/log-parameter", new { run_uuid = run, key = "p", value = "1" }), await server.Post("/runs/set-tag", new { run_uuid = run, key = "t", value = "1" }),
            await server.Get($"/metrics/get-history?run_uuid={run}&metric_key=m"), await server.Get($"/artifacts/list?run_uuid={run}"),
        })
            reply.Status.ShouldBe(200, reply.Text);
    }

    [Theory, BothEngines]
    public async Task Credentials_are_taken_and_in_local_mode_not_asked_for(Engine engine)
    {
        var server = await servers.On(engine);
        foreach (var credentials in (string[])["Basic YW5uOnNlY3JldA==", "Bearer some-token"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0");
            request.Headers.TryAddWithoutValidation("Authorization", credentials);
            (await server.Http.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0");
        foreign.Headers.Host = "evil.example";
        var refused = await server.Http.SendAsync(foreign, TestContext.Current.CancellationToken);
        ((int)refused.StatusCode).ShouldBe(403);
        (await Body(refused))["error_code"]!.GetValue<string>().ShouldBe("PERMISSION_DENIED");
    }

    [Theory, BothEngines]
    public async Task What_an_address_takes_is_told_and_its_head_is_had_alone(Engine engine)
    {
        var server = await servers.On(engine);
        using var asked = await server.Http.SendAsync(new(HttpMethod.Options, "/api/2.0/mlflow/runs/create"), TestContext.Current.CancellationToken);
        ((int)asked.StatusCode).ShouldBe(204);
        asked.Content.Headers.Allow.ShouldContain("POST");
        using var head = await server.Http.SendAsync(new(HttpMethod.Head, "/api/2.0/mlflow/experiments/get?experiment_id=0"), TestContext.Current.CancellationToken);
        ((int)head.StatusCode).ShouldBe(200);
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    static async Task<JsonNode> Body(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
