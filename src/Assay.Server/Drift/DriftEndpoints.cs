using Assay.Server.Drift.Why;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Drift;

internal static class DriftEndpoints
{
    public static void MapDrift(this IEndpointRouteBuilder api)
    {
        var live = api.MapGroup("").WithTags("Live");
        live.MapGet("/drift", All).Lists();
        live.MapGet("/environments/{environment}/models/{model}", One).Allows(Permission.Read, On.Slot);
        live.MapGet("/environments/{environment}/models/{model}/why", Why).Allows(Permission.Read, On.Slot);
    }

    /// <summary>All differences between approved and live, the worst first; pending ones apart, which are within their grace.</summary>
    internal static async Task<Ok<DriftList>> All(Caller caller, SlotStates states, Store store, TimeProvider time, CancellationToken ct, string? model = null, string? environment = null)
    {
        var (now, sees) = (time.GetUtcNow(), caller.Sees);
        var slots = (await store.Read(tx => states.All(tx, now, model, environment), ct)).FindAll(s => sees.Slot(s.Model, s.Environment));
        var findings = slots.SelectMany(s => s.Drift).OrderByDescending(f => f.Severity).ThenBy(f => f.Since).ToLookup(f => f.Pending);
        return TypedResults.Ok(new DriftList(now, [.. findings[false]], [.. findings[true]], slots.ConvertAll(s => s with { Drift = [] })));
    }

    /// <summary>What is approved, reported and observed in a slot, and how they differ; <c>at</c> for a moment of the past.</summary>
    internal static async Task<Results<Ok<SlotState>, Refused>> One(string environment, string model, SlotStates states, Store store, TimeProvider time, CancellationToken ct, string slot = "primary", DateTimeOffset? at = null)
    {
        var now = time.GetUtcNow();
        return at > now ? new Refused(DriftRefusals.Future(at.Value, now)) : TypedResults.Ok(await store.Read(async tx =>
        {
            var names = (await states.Names(tx)).Where(s => s.Model == model && s.Environment == environment).Select(s => s.Slot);
            return await states.Of(tx, new(environment, model, slot), at ?? now) with { Slots = [.. names] };
        }, ct));
    }

    /// <summary>Everything at 2am: what is live, whether it should be, what changed since it was last good, what it was made of, how to go back.</summary>
    internal static Task<Results<Ok<WhyView>, Refused>> Why(string environment, string model, WhyDesk desk, CancellationToken ct, string slot = "primary", DateTimeOffset? at = null) =>
        desk.Tell(new(environment, model, slot), at, ct).Ok();
}

/// <summary>All differences at a time, and the slots that were looked at.</summary>
internal sealed record DriftList(DateTimeOffset At, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Pending, IReadOnlyList<SlotState> Slots);
