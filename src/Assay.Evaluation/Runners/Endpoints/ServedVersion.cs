using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Evaluation.Runners.Endpoints;

/// <summary>Which version an endpoint says that it serves (<c>assay serve</c> does). One that says nothing is taken at its word that it is the right one.</summary>
internal static class ServedVersion
{
    const string Path = "assay/digest";

    public static async Task<Refusal?> Check(EndpointHttp http, EndpointWork work, CancellationToken ct)
    {
        var answer = await http.Ask(HttpMethod.Get, Path, null, ct);
        if (!answer.Ok)
            return answer.Refusal;
        if (answer.Value.Status != 200 || EndpointHttp.Json(answer.Value.Body) is not JsonObject said)
            return null;
        return work.Check(said["digest"]?.ToString()) ?? (said["files"]?.ToString() == "mismatch" ? EndpointRefusals.Altered(http.At(Path)) : null);
    }
}
