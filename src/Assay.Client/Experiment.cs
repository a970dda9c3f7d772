using System.Net;
using System.Text.Json;

namespace Assay.Client;

/// <summary>A named collection of runs.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ArtifactLocation">Where the artifacts of its runs are kept.</param>
public sealed record Experiment(string Id, string Name, string ArtifactLocation)
{
    internal static Experiment Read(JsonElement from)
    {
        var name = from.GetProperty("name").GetString()!;
        if (from.TryGetProperty("lifecycle_stage", out var stage) && stage.GetString() == "deleted")
            throw new MlflowException("INVALID_PARAMETER_VALUE",
                $"Experiment '{name}' is deleted. Restore it at the server, or log to an experiment of another name.", HttpStatusCode.BadRequest);
        return new(from.GetProperty("experiment_id").GetString()!, name, from.TryGetProperty("artifact_location", out var at) ? at.GetString() ?? "" : "");
    }
}
