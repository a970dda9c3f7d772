using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Assay.Server.Http;

/// <summary>What the generated OpenAPI document says of itself. It names no address: it is the same on every machine, and checked in.</summary>
static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        Title(options);
        Texts(options);
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.HttpMethod is not ("GET" or "HEAD"))
                (operation.Parameters ??= []).Add(Key());
            return Task.CompletedTask;
        });
    }

    /// <summary>A text keeps its type although a converter of our own reads it; one that may be absent says so.</summary>
    static void Texts(OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        if (context.JsonTypeInfo.Type == typeof(string) && schema.Type is null)
            schema.Type = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable } list && list.ElementType == typeof(string))
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Dictionary } map && map.ElementType == typeof(string))
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String };
        return Task.CompletedTask;
    });

    static OpenApiParameter Key() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = "A new UUID for each call, the same one when the call is sent again: for 24 hours the retry gets the first answer, and nothing is done twice. Another body under the same key is refused (422).",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
    };

    static void Title(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new()
        {
            Title = "Assay",
            Version = "v1",
            Description = "A model registry that people can believe. Errors are problem+json with code, field and mend. MLflow's routes are described in docs/mlflow-compatibility.md.",
        };
        document.Servers = [];
        return Task.CompletedTask;
    });
}
