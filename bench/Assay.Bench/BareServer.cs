using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Bench;

/// <summary>An ASP.NET application that parses the same JSON and stores nothing: the limit for small calls and for starting.</summary>
static class BareServer
{
    public static async Task Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/health", () => "OK");
        app.MapPost("/metric", (BareMetric metric) => metric.Key.Length > 0 ? Results.Content("{}", "application/json") : Results.BadRequest());
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Bare is listening on {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await app.WaitForShutdownAsync();
    }
}

sealed record BareMetric([property: JsonPropertyName("run_id")] string RunId, [property: JsonPropertyName("key")] string Key, [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("timestamp")] long Timestamp, [property: JsonPropertyName("step")] long Step);

[JsonSerializable(typeof(BareMetric))]
sealed partial class BareJson : JsonSerializerContext;
