using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Sealing runs and asking about them, for the rooms above. All inside the caller's unit.</summary>
public sealed class RunSeals(RunWrites writes)
{
    /// <summary>Seals the run for good. The first seal stays: further versions of the same run share it.</summary>
    public async Task Seal(Tx tx, string runId, SealFact seal)
    {
        await Lock(tx, runId);
        if (await tx.First(RunSql.StateOf, ("run", runId)) is { Seal: null })
            await tx.Execute(RunSql.Seal, ("run", runId), ("model", seal.Model), ("number", seal.Number), ("version", seal.Version), ("seal", seal.Seal));
    }

    /// <summary>The state of a run, or null.</summary>
    public Task<RunState?> State(Tx tx, string runId) => tx.First(RunSql.StateOf, ("run", runId));

    /// <summary>
    /// May this principal change something of the run that is not in this room (a file)? Null — yes, and it is recorded as a writer; otherwise the
    /// refusal, which the ledger keeps if the unit ends with it. Identical repetitions are for the caller to see first.
    /// </summary>
    public async Task<Refusal?> MayWrite(Tx tx, string runId, Principal who, string what) =>
        (await writes.Admit(tx, runId, who, what, () => Task.FromResult(false))).Refusal;

    /// <summary>Keeps every other unit from writing to the run until this one ends. The experiment comes before its run, as deleting an experiment does it.</summary>
    public async Task Lock(Tx tx, string runId)
    {
        if (await tx.First(RunSql.StateOf, ("run", runId)) is { } state)
            await tx.LockShared("tracking", $"experiment/{state.ExperimentId}");
        await tx.Lock("tracking", runId);
    }
}
