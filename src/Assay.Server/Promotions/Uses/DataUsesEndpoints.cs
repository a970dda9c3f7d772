using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Promotions.Uses;

internal static class DataUsesEndpoints
{
    public static void MapDataUses(this IEndpointRouteBuilder api) => api.MapGet("/data/{digest}/uses", Of).WithTags("Evidence").Lists();

    /// <summary>How often a set of data was measured on, and how many verdicts and promotions rest on that, over the models that the caller sees.</summary>
    internal static async Task<Results<Ok<DataUsesAnswer>, Refused>> Of(string digest, Caller caller, DataUses uses, CancellationToken ct) =>
        Digest.TryParse(digest, out var data) ? TypedResults.Ok(await uses.Of(data, caller.Sees, ct))
        : new Refused(new(RefusalKind.Invalid, "malformed-digest", $"'{digest}' is no digest.", "Give sha256: and 64 lower-case hex digits, as evidence names its data.", "digest"));
}
