using Assay.Contracts;
using Assay.Server.Access;
using Assay.Server.Access.Exchange;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>Who may make versions of a model, and of whose runs, as the access policy in force says. Without a policy (local mode) everybody, of every run.</summary>
public sealed class PushRules(AccessBook access, LedgerWriter ledger, Store store)
{
    const string Commit = "mlflow.source.git.commit";

    /// <summary>Only CI pushes where the model says so; the attempt is recorded.</summary>
    public async Task<Refusal?> Check(Principal who, string model, CancellationToken ct)
    {
        if (who.Unbounded || access.Current is not { } policy || !policy.RuleOf(model).CiOnly || who.Kind is PrincipalKind.Workload)
            return null;
        var refusal = RegistryRefusals.CiOnly(who, model, AccessHints.RulesFor(policy, Permission.Submit, new(Model: model)));
        await ledger.RecordRefusal(store, who, LedgerActions.VersionSubmitted, new(model), refusal, ct);
        return refusal;
    }

    /// <summary>What the run lacks to be believed where the model asks for a proven origin: writes of one CI job, and the commit that this job's token proved.</summary>
    public async Task<IReadOnlyList<Gap>> Gaps(Tx tx, string model, RunFacts run)
    {
        if (access.Current is not { } policy || !policy.RuleOf(model).OriginProven)
            return [];
        if (RunOrigin.Missing(run.Writers) is { } gap)
            return [gap];
        return await OriginClaims.OfRun(tx, run.Writers) is { Commit: { } proven } && run.Tags.GetValueOrDefault(Commit) is var logged && logged != proven
            ? [new("run.origin", $"the commit {proven}, which the CI job's token proves", logged is { Length: > 0 } ? logged : "no commit", "Log from a checkout of the very commit that the job runs for; assay run -- COMMAND sets it.")]
            : [];
    }
}
