using Assay.Server.Evidence;
using Assay.Server.Policies;
using Assay.Server.Registry;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Promotions;

/// <summary>Finds out who trained, submitted and measured a version.</summary>
sealed class InvolvedParties(RunReader runs, EvidenceShelf evidence)
{
    public async Task<Involved> Of(Tx tx, VersionView version, Verdict verdict) => new(
        version.RunId is { } run ? await runs.Writers(tx, run) : [], version.SubmittedBy,
        [.. (await evidence.Of(tx, verdict.Digest)).Where(e => verdict.Evidence.Contains(e.Digest)).Select(e => e.By).Distinct()]);
}
