using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Puts entries into the units of work that they tell about.</summary>
public sealed class LedgerWriter(TimeProvider time, LedgerBell bell)
{
    /// <summary>Records something that this unit does. Returns the entry's id.</summary>
    public async Task<string> Record(Tx tx, Principal actor, string action, LedgerSubject subject, JsonObject? detail = null) =>
        await Insert(tx, new(actor, action, "allowed", subject, detail ?? []));

    /// <summary>Says what stands in the ledger if this unit is refused: the attempt and why not.</summary>
    public void RecordIfRefused(Tx tx, Principal actor, string action, LedgerSubject subject, Func<JsonObject> detail) =>
        tx.WhenRefused(refused => Insert(refused, new(actor, action, "refused", subject, detail())));

    /// <summary>Records a refusal outside any unit.</summary>
    public Task RecordRefusal(Store store, Principal actor, string action, LedgerSubject subject, Refusal refusal, CancellationToken ct) =>
        store.Do(tx => Insert(tx, new(actor, action, "refused", subject, Reason(refusal))), ct);

    /// <summary>A refusal as the detail of an entry.</summary>
    public static JsonObject Reason(Refusal refusal) => new() { ["code"] = refusal.Code, ["message"] = refusal.Message };

    async Task<string> Insert(Tx tx, LedgerEntry entry)
    {
        var now = time.GetUtcNow();
        var id = Ulid.New(now);
        await tx.Execute(LedgerSql.Insert, ("id", id), ("body", entry.Bytes(id, now)), ("at", now), ("action", entry.Action), ("outcome", entry.Outcome),
            ("actor", entry.Actor.ToString()), ("model", entry.Subject.Model), ("digest", entry.Subject.Digest), ("run", entry.Subject.RunId), ("environment", entry.Subject.Environment));
        tx.AfterCommit(bell.Ring);
        return id;
    }
}
