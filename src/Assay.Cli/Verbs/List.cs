using System.CommandLine;
using Assay.Server.Capture;
using Assay.Server.Deployments;
using Assay.Server.Policies;

namespace Assay.Cli.Verbs;

/// <summary>Every verb, in the order of the help.</summary>
internal static class List
{
    public static IEnumerable<Command> All() =>
    [
        RunVerb.Build(),
        CaptureVerb.Build(),
        SubmitVerb.Build(),
        EvaluateVerb.Build(),
        SuiteVerb.Build(),
        DataVerb.Build(),
        EvidenceVerb.Build(),
        GateVerb.Build(),
        PromoteVerb.Build(),
        ApproveVerb.Build(),
        RejectVerb.Build(),
        PromotionsVerb.Build(),
        RollbackVerb.Build(),
        PullVerb.Build(),
        VerifyVerb.Build(),
        ReportVerb.Build(),
        DriftVerb.Build(),
        WhyVerb.Build(),
        new DocumentVerbs("policy", "Policy", "policies", "Which evidence, thresholds and approvals an environment asks for.", "policies/fraud-production.yaml", (text, file) => PolicyDocument.Read(text, file).Refusal).Build(),
        new DocumentVerbs("profile", "CaptureProfile", "profiles", "What a run must have logged to become a version.", "profiles/fraud.yaml", (text, file) => CaptureProfile.Read(text, file).Refusal).Build(),
        new DocumentVerbs("environment", "Environment", "environments", "The places that run models: slots, owners, on-call, runbook, graces.", "environments/production.yaml", (text, file) => EnvironmentDocument.Read(text, file).Refusal).Build(),
        AccessVerb.Build(),
        LedgerVerb.Build(),
        ImportVerb.Build(),
        ServerVerb.Build(),
        AgentVerb.Build(),
        ServeVerb.Build(),
        LoginVerb.Build(),
        LogoutVerb.Build(),
        WhoamiVerb.Build(),
        DoctorVerb.Build(),
        VersionVerb.Build(),
    ];
}
