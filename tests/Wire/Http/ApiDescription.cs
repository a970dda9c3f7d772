using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Server.Storage;

namespace Assay.Tests.Wire.Http;

/// <summary>The OpenAPI document is generated, and checked in as docs/openapi.json. ASSAY_UPDATE=1 writes it anew.</summary>
public sealed class ApiDescription(Servers servers)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_checked_in_document_is_what_the_server_says()
    {
        var server = await servers.On(Engine.Sqlite);
        var said = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json"))!.ToJsonString(Indented) + "\n";
        var file = Path.Combine(Repository.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("ASSAY_UPDATE") == "1")
            await File.WriteAllTextAsync(file, said);
        (await File.ReadAllTextAsync(file)).ShouldBe(said, "the API has changed: run ASSAY_UPDATE=1 ./test --filter-class \"*ApiDescription\" and commit docs/openapi.json");
    }

    [Fact]
    public async Task Every_call_of_our_own_api_says_what_it_does()
    {
        var server = await servers.On(Engine.Sqlite);
        var paths = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        paths.Count.ShouldBeGreaterThan(20);
        var silent = from path in paths
                     from call in path.Value!.AsObject()
                     where string.IsNullOrWhiteSpace((string?)call.Value?["summary"])
                     select $"{call.Key} {path.Key}";
        silent.Where(call => !call.EndsWith("/keys", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_for_prometheus_are_there()
    {
        var server = await servers.On(Engine.Sqlite);
        await server.Http.GetStringAsync("/health");
        (await server.Http.GetStringAsync("/metrics")).ShouldContain("http_server_request_duration");
    }
}
