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

    /// <summary>Both are asked at once, and each is told of: which of them is gone is what an operator wants to know.</summary>
    static async Task<IResult> Ready(Store store, LedgerReader ledger, IKeptBytes kept, CancellationToken ct)
    {
        var bytes = kept.Problem(ct);
        var (size, problem) = await Rows(store, ledger, ct);
        var lost = await bytes;
        var answer = new Readiness(problem is null && lost is null ? "ready" : "not ready", problem ?? store.Description, lost ?? kept.Place, size);
        return TypedResults.Json(answer, statusCode: answer.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<(long? LedgerSize, string? Problem)> Rows(Store store, LedgerReader ledger, CancellationToken ct)
    {
        try
        {
            await store.Read(tx => tx.First(new Query<string>("SELECT CAST(1 AS TEXT)", r => r.Text(0))), ct);
            return ((await ledger.Head(ct))?.Size ?? 0, null);
        }
        catch (StoreUnavailableException e)
        {
            return (null, e.Message);
        }
    }

    internal sealed record Life(string Status, string Version);

    internal sealed record Readiness(string Status, string Storage, string Artifacts, long? LedgerSize);
}
