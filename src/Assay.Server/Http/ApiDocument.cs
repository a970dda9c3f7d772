using Microsoft.AspNetCore.OpenApi;

namespace Assay.Server.Http;

/// <summary>What the generated OpenAPI document says of itself. It names no address: it is the same on every machine, and checked in.</summary>
static class ApiDocument
{
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
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
