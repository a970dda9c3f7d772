using System.Net.Http.Json;
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
        foreach (var path in (string[])["/api/2.0/mlflow/traces", "/api/3.0/mlflow/datasets/search", "/api/2.0/mlflow/webhooks", "/ajax-api/2.0/mlflow/get-trace-artifact?request_id=x"])
        {
            var answer = await server.Http.GetAsync(path);
            ((int)answer.StatusCode).ShouldBe(501, path);
            (await Body(answer))["error_code"]!.GetValue<string>().ShouldBe("NOT_IMPLEMENTED", path);
        }
    }

    static async Task<JsonNode> Body(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
}
