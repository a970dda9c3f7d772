using Assay.Server.Events;
using Assay.Server.Evidence;
using Assay.Server.Registry;

namespace Assay.Server.Policies;

/// <summary>A new candidate goes to the admission gate at once, so that its page says what it lacks.</summary>
sealed class AdmissionOfSealed(Gatekeeper gate) : Subscriber<VersionSealed>
{
    protected override Task Handle(VersionSealed happened, CancellationToken ct) => gate.TryAdmit(happened.Model, happened.Digest.ToString(), ct);
}

/// <summary>New evidence tries admission again by itself.</summary>
sealed class AdmissionOfMeasured(Gatekeeper gate) : Subscriber<EvidenceRecorded>
{
    protected override Task Handle(EvidenceRecorded happened, CancellationToken ct) => gate.TryAdmit(happened.Model, happened.Version.ToString(), ct);
}
