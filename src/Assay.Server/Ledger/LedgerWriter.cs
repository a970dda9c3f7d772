using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>Puts entries into the units of work that they tell about.</summary>
public sealed class LedgerWriter(TimeProvider time, LedgerBell bell, LedgerTexts texts)
{
    /// <summary>Records something that this unit does. Returns the entry's id. The action is one of <see cref="LedgerActions"/>.</summary>
    public async Task<string> Record(Tx tx, Principal actor, string action, LedgerSubject subject, JsonObject? detail = null) =>
        await Insert(tx, new(actor, action, "allowed", subject, detail ?? []));

    /// <summary>Says what stands in the ledger if this unit is refused: the attempt and why not.</summary>
    public void RecordIfRefused(Tx tx, Principal actor, string action, LedgerSubject subject, Func<JsonObject> detail) =>
        tx.WhenRefused(refused => Insert(refused, new(actor, action, "refused", subject, detail())));

    /// <summary>Records that the registry signs with another key from here on.</summary>
    public Task KeyRotated(Tx tx, VerificationKey before, VerificationKey after) =>
        Record(tx, Principal.Server, LedgerActions.KeyRotated, new(), new() { ["from"] = before.Id, ["to"] = after.Id, ["public_key"] = after.Base64 });

    /// <summary>Records a refusal outside any unit.</summary>
    public Task RecordRefusal(Store store, Principal actor, string action, LedgerSubject subject, Refusal refusal, CancellationToken ct) =>
        store.Do(tx => RecordRefused(tx, actor, action, subject, Reason(refusal)), ct);

    /// <summary>Records a refusal in a unit that goes on.</summary>
    public Task RecordRefused(Tx tx, Principal actor, string action, LedgerSubject subject, JsonObject detail) => Insert(tx, new(actor, action, "refused", subject, detail));

    /// <summary>A refusal as the detail of an entry.</summary>
    public static JsonObject Reason(Refusal refusal) => new() { ["code"] = refusal.Code, ["message"] = refusal.Message };

    async Task<string> Insert(Tx tx, LedgerEntry entry)
    {
        var now = time.GetUtcNow();
        var id = Ulid.New(now);
        var body = entry.Bytes(id, now);
        // A bundle's lengths have two bytes: what is larger stands beside, and the entry holds its hash.
        if (body.Length > EntryBundle.MostEntryBytes)
            body = (entry with { Detail = await Beside(tx, entry.Detail) }).Bytes(id, now);
        // Nobody waits for its count, so it goes along with what the unit does next, or with its commit.
        await tx.Send(LedgerSql.Insert, new Rows(1, ("id", One(id)), ("body", One(body)), ("at_ms", One(now.ToUnixTimeMilliseconds())), ("action", One(entry.Action)), ("outcome", One(entry.Outcome)),
            ("actor", One(entry.Actor.ToString())), ("model", One(entry.Subject.Model)), ("digest", One(entry.Subject.Digest?.ToString())), ("run_id", One(entry.Subject.RunId)), ("environment", One(entry.Subject.Environment))));
        tx.AfterCommit(bell.Ring);
        return id;
    }

    static T[] One<T>(T value) => [value];

    async Task<JsonObject> Beside(Tx tx, JsonObject detail)
    {
        var words = System.Text.Encoding.UTF8.GetString(CanonicalJson.Bytes(detail));
        return new() { ["detail"] = LedgerTexts.Told(await texts.Keep(tx, words)) };
    }
}
