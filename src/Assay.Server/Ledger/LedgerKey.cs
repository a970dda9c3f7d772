using Assay.Contracts.Ledger;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

static class LedgerKey
{
    /// <summary>Was the newest head signed with this key? Yes where there is none yet.</summary>
    public static async Task<bool> Fits(KeyRing keys, Store store, CancellationToken ct) =>
        await store.First(LedgerSql.NewestHead, ct) is not { } head || Checkpoint.Open(head.Note, keys.Public) is not null;
}
