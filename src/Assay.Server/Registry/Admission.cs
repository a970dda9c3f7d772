using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Events;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>What the admission gate decided is written here; who judged it is a higher room.</summary>
public sealed class Admission(Versions versions, Models models, RunReader runs, PushRules rules, LedgerWriter ledger, Outbox outbox, TimeProvider time)
{
    /// <summary>
    /// A candidate becomes admitted or rejected, in the caller's unit. A rejected version may be admitted later, when new evidence passes; an
    /// admitted one stays. Nothing else changes state.
    /// </summary>
    public async Task Decide(Tx tx, string model, Digest digest, bool admitted, string reason, Principal who)
    {
        await tx.Lock("registry", model);
        var found = await versions.Find(tx, model, digest.ToString());
        // A candidate may be older than the access policy that asks for a proven origin.
        if (admitted && found is { Ok: true, Value.RunId: { } run } && await runs.Outline(tx, run) is { } facts && await rules.Gaps(tx, model, facts) is [var gap, ..])
            (admitted, reason) = (false, $"The origin of its run is not proven ({gap.Found}); wanted {gap.Wanted}. {gap.Mend}");
        var wanted = admitted ? VersionStatus.Admitted : VersionStatus.Rejected;
        if (!found.Ok || found.Value.Status == wanted || found.Value.Status is not (VersionStatus.Candidate or VersionStatus.Rejected))
            return;
        var id = (await models.Find(tx, model)).Value.Id;
        await tx.Execute(VersionSql.Decide, ("id", id), ("number", found.Value.Number), ("status", wanted), ("reason", reason), ("at", time.GetUtcNow()));
        await ledger.Record(tx, who, admitted ? LedgerActions.VersionAdmitted : LedgerActions.VersionRejected, new(model, digest, found.Value.RunId), new JsonObject { ["number"] = found.Value.Number, ["reason"] = reason });
        await outbox.Publish(tx, new VersionDecided(model, digest, wanted.ToString().ToLowerInvariant()));
    }
}
