using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Http;

/// <summary>Is it alive, may it be used, which version.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health", () => TypedResults.Text("OK")).ExcludeFromDescription().Open();
        app.MapGet("/livez", () => TypedResults.Ok(new Life("alive", ProgramVersion.Text))).ExcludeFromDescription().Open();
        app.MapGet("/readyz", Ready).ExcludeFromDescription().Open();
    }

    static async Task<IResult> Ready(Store store, LedgerReader ledger, CancellationToken ct)
    {
        try
        {
            await store.Read(tx => tx.First(new Query<string>("SELECT CAST(1 AS TEXT)", r => r.Text(0))), ct);
            return TypedResults.Ok(new Readiness("ready", store.Description, (await ledger.Head(ct))?.Size ?? 0));
        }
        catch (StoreUnavailableException e)
        {
            return TypedResults.Json(new Readiness("not ready", e.Message, null), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    internal sealed record Life(string Status, string Version);

    internal sealed record Readiness(string Status, string Storage, long? LedgerSize);
}
