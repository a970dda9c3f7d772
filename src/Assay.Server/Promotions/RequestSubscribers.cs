using Assay.Server.Events;
using Assay.Server.Evidence;
using Assay.Server.Policies;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>New evidence: open requests of that version are looked at again.</summary>
sealed class RequestsOfMeasured(Store store, RequestDesk desk) : Subscriber<EvidenceRecorded>
{
    protected override async Task Handle(EvidenceRecorded happened, CancellationToken ct)
    {
        foreach (var request in await store.All(RequestSql.OpenOf, ct, ("digest", happened.Version)))
            await desk.Refresh(request.Id, ct);
    }
}

/// <summary>A policy changed: every open request is looked at again.</summary>
sealed class RequestsUnderPolicy(Store store, RequestDesk desk) : Subscriber<PolicyApplied>
{
    protected override async Task Handle(PolicyApplied happened, CancellationToken ct)
    {
        foreach (var request in await store.All(RequestSql.AllOpen, ct))
            await desk.Refresh(request.Id, ct);
    }
}

/// <summary>The champion changed: open requests that were judged against it are looked at again.</summary>
sealed class RequestsAfterPromotion(Store store, RequestDesk desk) : Subscriber<PromotionMade>
{
    protected override async Task Handle(PromotionMade happened, CancellationToken ct)
    {
        foreach (var request in (await store.All(RequestSql.AllOpen, ct)).Where(r => r.Model == happened.Model && r.Environment == happened.Environment))
            await desk.Refresh(request.Id, ct);
    }
}
