using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Tokens;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Access.People;

/// <summary>When somebody leaves: what they could do ends at once, and what is personal is erased.</summary>
public sealed class Leaving(Store store, LedgerWriter ledger, TimeProvider time)
{
    const string Remove = "DELETE FROM access_person WHERE id = @id";
    const string EndSessions = "DELETE FROM access_session WHERE person = @id OR person IN (SELECT 'token:' || id FROM access_token WHERE principal = @principal)";
    const string RevokeTokens = "UPDATE access_token SET revoked_ms = COALESCE(revoked_ms, @at), name = '' WHERE principal = @principal AND kind = @kind";
    const string RemoveDevices = "DELETE FROM access_signin WHERE person = @id";

    /// <summary>Forgets a person; the ledger keeps the id.</summary>
    public Task<Result<Done>> Forget(Principal who, string id, CancellationToken ct) => store.Write(async Task<Result<Done>> (tx) =>
    {
        var principal = $"person:{id}";
        if (await tx.Execute(Remove, ("id", id)) == 0)
            return PersonRefusals.NobodyCalled(id);
        await tx.Execute(EndSessions, ("id", id), ("principal", principal));
        await tx.Execute(RevokeTokens, ("principal", principal), ("kind", TokenKind.Personal), ("at", time.GetUtcNow()));
        await tx.Execute(RemoveDevices, ("id", id));
        await ledger.Record(tx, who, LedgerActions.PersonForgotten, new(), new JsonObject { ["person"] = principal });
        return Done.Yes;
    }, ct);
}
