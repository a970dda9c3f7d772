using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Http;
using Assay.Server.Identity;
using Assay.Server.Policies;
using Assay.Server.Promotions.Uses;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Promotions;

internal static class PromotionEndpoints
{
    const int MostRequests = 1000;

    public static void MapPromotions(this IEndpointRouteBuilder api)
    {
        var promotions = api.MapGroup("/promotions").WithTags("Promotions");
        promotions.MapPost("/", Open).Asks(Permission.Propose);
        promotions.MapGet("/", List).Lists();
        promotions.MapGet("/{id}", One).Allows(Permission.Read, On.Request);
        promotions.MapPost("/{id}/approvals", Approve).Allows(Permission.Decide, On.Request);
        promotions.MapPost("/{id}/rejections", Reject).Allows(Permission.Decide, On.Request);
        promotions.MapPost("/{id}/withdrawal", Withdraw).Allows(Permission.Propose, On.Request);
        promotions.MapPost("/approvals", ApproveVersion).Asks(Permission.Decide);
        promotions.MapPost("/rejections", RejectVersion).Asks(Permission.Decide);
        api.MapGet("/models/{model}/versions/{version}/bundle", BundleOf).WithTags("Promotions").Allows(Permission.Read, On.Model);
        api.MapDataUses();
        var slots = api.MapGroup("/environments/{environment}/models/{model}").WithTags("Promotions");
        slots.MapGet("/promotions", OfSlot).Allows(Permission.Read, On.Slot);
        slots.MapPost("/rollback", RollBack).Allows(Permission.RollBack, On.Slot);
    }

    /// <summary>Wishes to promote a version. Takes effect at once when the verdict passed and no approval is needed; an open request for the same is given again (200).</summary>
    internal static async Task<Results<Created<RequestAnswer>, Ok<RequestAnswer>, Refused>> Open(WishBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct)
    {
        if (await caller.Must(Permission.Propose, body.Touches, ct) is { } refusal)
            return new Refused(refusal);
        var opened = await desk.Open(body.Wish(), caller.Principal, ct);
        if (!opened.Ok)
            return new Refused(opened.Refusal!);
        var answer = (await views.One(opened.Value.Request.Id, ct))!;
        return opened.Value.New ? TypedResults.Created($"/api/assay/v1/promotions/{answer.Id}", answer) : TypedResults.Ok(answer);
    }

    /// <summary>Promotion requests, newest first; <c>waiting=true</c>: those that the caller could approve now. At most <c>limit</c> (1 to 1000, 100 by default).</summary>
    internal static async Task<Ok<RequestList>> List(Caller caller, RequestViews views, CancellationToken ct, string? model = null, string? environment = null, bool waiting = false, int limit = 100) =>
        TypedResults.Ok(new RequestList(await views.Newest(model, environment, waiting ? caller.Principal : null, caller.Sees, Math.Clamp(limit, 1, MostRequests), ct)));

    /// <summary>One request with its timeline.</summary>
    internal static async Task<Results<Ok<RequestAnswer>, Refused>> One(string id, RequestViews views, CancellationToken ct) =>
        await views.One(id, ct) is { } answer ? TypedResults.Ok(answer) : new Refused(PromotionRefusals.Unknown(id));

    /// <summary>A person's yes, bound to the verdict that stands now. The promotion takes effect when the approvals are complete.</summary>
    internal static Task<Results<Ok<RequestAnswer>, Refused>> Approve(string id, CommentBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct) =>
        Shown(desk.Approve(id, body.Comment, caller.Principal, ct), views, ct);

    /// <summary>A person's no; it closes the request.</summary>
    internal static async Task<Results<Ok<RequestAnswer>, Refused>> Reject(string id, ReasonBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(body.Reason) ? new Refused(PromotionRefusals.Field("reason")) : await Shown(desk.Reject(id, body.Reason, caller.Principal, ct), views, ct);

    /// <summary>Takes a request back.</summary>
    internal static Task<Results<Ok<RequestAnswer>, Refused>> Withdraw(string id, ReasonBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct) =>
        Shown(desk.Withdraw(id, body.Reason, caller.Principal, ct), views, ct);

    /// <summary>A person's yes on the open request for a version and slot, opened if there is none.</summary>
    internal static async Task<Results<Ok<RequestAnswer>, Refused>> ApproveVersion(WishBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct) =>
        await caller.Must(Permission.Decide, body.Touches, ct) is { } refusal ? new Refused(refusal) : await Shown(desk.Approve(body.Wish(), caller.Principal, ct), views, ct);

    /// <summary>A person's no on the open request for a version and slot, opened if there is none, so that the no is on record.</summary>
    internal static async Task<Results<Ok<RequestAnswer>, Refused>> RejectVersion(WishBody body, Caller caller, RequestDesk desk, RequestViews views, CancellationToken ct) =>
        await caller.Must(Permission.Decide, body.Touches, ct) is { } refusal ? new Refused(refusal) : string.IsNullOrWhiteSpace(body.Reason) ? new Refused(PromotionRefusals.Field("reason")) : await Shown(desk.Reject(body.Wish(), body.Reason, caller.Principal, ct), views, ct);

    /// <summary>What is approved for a slot (<c>primary</c> when none is named), what was, newest first, and what a rollback would go to.</summary>
    internal static async Task<Ok<SlotPromotions>> OfSlot(string environment, string model, Store store, PromotionBook book, CancellationToken ct, string slot = Slots.Primary) =>
        TypedResults.Ok(await store.Read(async tx =>
        {
            var history = await book.History(tx, model, environment, slot);
            return new SlotPromotions(history.FirstOrDefault(), await book.LastGood(tx, model, environment, slot), history);
        }, ct));

    /// <summary>Back to the last known good version at once, or to one that was approved for the slot before (<c>to</c>). A reason is needed.</summary>
    internal static Task<Results<Created<PromotionView>, Refused>> RollBack(string environment, string model, RollbackBody body, Caller caller, RollbackDesk desk, CancellationToken ct) =>
        desk.RollBack(new(model, environment, body.Slot ?? Slots.Primary, WishBody.Text(body.To), body.Reason ?? ""), caller.Principal, ct)
            .Created(_ => $"/api/assay/v1/environments/{environment}/models/{Uri.EscapeDataString(model)}/promotions");

    /// <summary>
    /// What <c>pull --verify</c> needs: manifest, config, run facts, evidence, verdict, promotion and approvals, with the ledger's proof of the promotion
    /// (of the seal, when no environment is named) and the public keys.
    /// </summary>
    internal static Task<Results<Ok<Bundle>, Refused>> BundleOf(string model, string version, BundleDesk desk, CancellationToken ct, string? environment = null, string slot = Slots.Primary) =>
        desk.Of(model, version, environment, slot, ct).Ok();

    static async Task<Results<Ok<RequestAnswer>, Refused>> Shown(Task<Result<PromotionRequest>> deciding, RequestViews views, CancellationToken ct) =>
        await deciding is { Ok: true } decided ? TypedResults.Ok((await views.One(decided.Value.Id, ct))!) : new Refused((await deciding).Refusal!);
}

/// <summary>Which version for which slot: the version by <c>digest</c> (or a prefix of it) or by <c>version</c> (its number).</summary>
internal sealed record WishBody(string? Model, JsonNode? Version, string? Digest, string? Environment, string? Slot, string? Comment, string? Reason)
{
    public PromotionWish Wish() => new(Model ?? "", Digest ?? Text(Version) ?? "", Environment ?? "", Slot ?? Slots.Primary, Comment);

    /// <summary>The model and the environment it is about.</summary>
    internal Touched Touches => Touched.Model(Model ?? "", Environment ?? "");

    /// <summary>A version may be sent as a number or as text.</summary>
    public static string? Text(JsonNode? version) => version?.ToString();
}

/// <summary>A comment, if any.</summary>
internal sealed record CommentBody(string? Comment);

/// <summary>A reason.</summary>
internal sealed record ReasonBody(string? Reason);

/// <summary>How to roll back.</summary>
internal sealed record RollbackBody(string? Slot, JsonNode? To, string? Reason);

/// <summary>Requests, newest first.</summary>
internal sealed record RequestList(IReadOnlyList<RequestAnswer> Requests);

/// <summary>A slot's promotions, newest first.</summary>
internal sealed record SlotPromotions(PromotionView? Current, PromotionView? LastGood, IReadOnlyList<PromotionView> History);
