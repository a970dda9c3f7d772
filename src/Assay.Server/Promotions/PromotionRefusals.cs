using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Policies;
using Assay.Server.Registry;

namespace Assay.Server.Promotions;

static class PromotionRefusals
{
    public static Refusal Field(string field) => new(RefusalKind.Invalid, "missing-field", $"'{field}' is missing.", $"Give '{field}'.", field);

    public static Refusal Registry() => new(RefusalKind.Invalid, "not-promotable-to", "'registry' is admission's own environment: nothing is promoted to it.", "Post evidence: admission is tried by itself.", "environment");

    public static Refusal NotAdmitted(VersionView v, IEnumerable<RuleResult> missing)
    {
        var why = string.Join("; ", missing.Select(r => $"{r.Rule}: {r.Reason}"));
        var mend = v.Status is VersionStatus.Waiting ? "Finish its run first." : v.Gaps.Count > 0 ? "Log a complete run and submit that one." : $"Measure it: assay evaluate {v.Name} --suite FILE. Admission is tried again by itself.";
        return new(RefusalKind.Conflict, "not-admitted", $"{v.Name} is {v.Status.ToString().ToLowerInvariant()}, not admitted{(why.Length > 0 ? $" ({why})" : "")}: only admitted versions can be promoted.", mend, "version");
    }

    public static Refusal Recalled(VersionView v) => new(RefusalKind.Conflict, "recalled", $"{v.Name} is recalled: it must not run.", "Promote another version.", "version");

    public static Refusal Frozen(string environment, FreezeWindow window, string policy) => new(RefusalKind.Conflict, "frozen",
        $"{environment} is frozen from {window.From} to {window.To} ({window.Zone}) by policy '{policy}': nothing is promoted then.",
        "Wait until it ends, or ask an operator to change the policy's freeze. Rollbacks are possible at any time.", "environment");

    public static Refusal NotPassed(VersionView v, Verdict verdict)
    {
        var open = verdict.Rules.Where(r => r.Severity is Severity.Block && !r.Verdict.Opens()).ToList();
        return new(RefusalKind.Conflict, "verdict-not-passed",
            $"The gate of {verdict.Environment} says {verdict.Outcome.Word()} for {v.Name}: {string.Join("; ", open.Select(r => $"{r.Rule}: {r.Reason}"))}. Only a passed verdict can be approved.",
            open.FirstOrDefault(r => r.Mend is not null)?.Mend ?? $"assay gate {v.Name} --env {verdict.Environment}", "version");
    }

    public static Refusal Unknown(string id) => new(RefusalKind.NotFound, "no-such-request", $"There is no promotion request '{id}'.", "List them with GET /api/assay/v1/promotions.", "id");

    public static Refusal Closed(PromotionRequest request) => new(RefusalKind.Conflict, "request-closed", $"Request {request.Id} is {request.State.ToString().ToLowerInvariant()}: nothing can be decided about it any more.",
        $"Open a new one: assay promote {request.Model}@{request.Digest} --env {request.Environment}.", "id");

    public static Refusal MayNotDecide(Principal who, IEnumerable<MissingApproval> missing) => new(RefusalKind.Forbidden, "may-not-approve",
        who.Kind is PrincipalKind.Person or PrincipalKind.Local ? $"'{who}' may not decide about this request." : $"'{who}' is a {who.Kind.ToString().ToLowerInvariant()}: only people decide.",
        $"Wanted: {string.Join("; ", missing.Select(m => m.Text))}.");

    public static Refusal MayNotWithdraw(Principal who, PromotionRequest request) => new(RefusalKind.Forbidden, "may-not-withdraw", $"'{who}' did not open request {request.Id}.", $"Only '{request.OpenedBy}' or an operator takes it back; others reject it.");

    public static Refusal MayNotRollBack(Principal who, Policy policy) => new(RefusalKind.Forbidden, "may-not-roll-back", $"'{who}' may not roll back here.",
        $"Policy '{policy.Name}' lets these roles do it: {string.Join(", ", policy.RollbackRoles)}.");

    public static Refusal NothingToRollBack(string model, string environment, string slot) => new(RefusalKind.Conflict, "nothing-to-roll-back",
        $"Nothing was ever approved for {environment}/{slot} of '{model}'.", $"Promote a version: assay promote {model}@DIGEST --env {environment}.", "model");

    public static Refusal NoLastGood(PromotionView current) => new(RefusalKind.Conflict, "no-last-good",
        $"{current.Digest} is approved for {current.Environment}/{current.Slot} of '{current.Model}', and nothing that was approved before is still good (admitted, not recalled, not left by a rollback).",
        $"Name one with --to VERSION, or promote another version: assay promote {current.Model}@DIGEST --env {current.Environment}.", "model");

    public static Refusal NeverApproved(VersionView v, string environment, string slot) => new(RefusalKind.Conflict, "never-approved",
        $"{v.Name} was never approved for {environment}/{slot}: a rollback goes back, it does not go around the gate.", $"assay promote {v.Name} --env {environment}", "to");

    public static Refusal AlreadyThere(PromotionView current) => new(RefusalKind.Conflict, "already-approved",
        $"{current.Model}@{current.Digest} is what {current.Environment}/{current.Slot} has approved already.", "Leave --to out to go to the last known good version, or name another one.", "to");

    public static Refusal NoPackage(VersionView v) => new(RefusalKind.Conflict, "no-package", $"{v.Name} is {v.Status.ToString().ToLowerInvariant()} and has no sealed package: there is nothing to pull.", "Pull an admitted version.", "version");

    public static Refusal NotInLedgerYet(VersionView v) => new(RefusalKind.Unavailable, "not-numbered-yet", $"The ledger has not numbered the entry about {v.Name} yet.", "Try again in a second. If this stays, look at /readyz: the sequencer may be held up.");
}
