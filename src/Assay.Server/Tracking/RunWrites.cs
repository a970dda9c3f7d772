using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>
/// The one gate of every write to a run: it must be there, not deleted, and not sealed, but for repetitions of what it already
/// holds. Whoever writes is recorded, so that the origin of a version can be judged later.
/// </summary>
public sealed class RunWrites(LedgerWriter ledger, TimeProvider time)
{
    /// <summary>
    /// Asks inside a unit: true — go on; false — nothing is to be written, it is an identical repetition to a sealed run; or the refusal,
    /// which then stands in the ledger. Takes the lock of the run, shared or <paramref name="alone"/>.
    /// </summary>
    internal async Task<Result<bool>> Admit(Tx tx, string run, Principal who, string what, Func<Task<bool>> repeats, bool alone = false, bool always = false)
    {
        await (alone ? tx.Lock("tracking", run) : tx.LockShared("tracking", run));
        if (await tx.First(RunSql.StateFor, ("run", run), ("who", who.Origin)) is not var (state, wrote))
            return TrackingRefusals.NoRun(run);
        if (state.Lifecycle == Lifecycle.Deleted)
            return TrackingRefusals.RunDeleted(run);
        if (state.Seal is { } seal && !always)
            return await repeats() ? false : Refuse(tx, state, seal, who, what);
        if (!wrote)
            await tx.Send(RunSql.AddWriter, ("run", run), ("who", who.Origin), ("at", time.GetUtcNow()));
        return true;
    }

    /// <summary>The refusal of a sealed run; the attempt is recorded if the unit ends with it.</summary>
    internal Refusal Refuse(Tx tx, RunState state, SealFact seal, Principal who, string what)
    {
        var refusal = TrackingRefusals.RunSealed(state.RunId, seal);
        Record(tx, state, who, what, refusal);
        return refusal;
    }

    /// <summary>Has the ledger keep a refused attempt at a run.</summary>
    internal void Record(Tx tx, RunState state, Principal who, string what, Refusal refusal) =>
        ledger.RecordIfRefused(tx, who, LedgerActions.RunChanged, new(state.Seal?.Model, state.Seal?.Version, state.RunId), () =>
        {
            var detail = LedgerWriter.Reason(refusal);
            detail["attempt"] = what;
            return detail;
        });
}
