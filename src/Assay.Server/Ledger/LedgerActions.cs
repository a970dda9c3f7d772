namespace Assay.Server.Ledger;

/// <summary>Every action that an entry can tell of: a noun of the product's vocabulary and a verb in the past tense.</summary>
public static class LedgerActions
{
    public const string
        AccessApplied = "access.applied",
        AccessRefused = "access.refused",
        AliasDeleted = "alias.deleted",
        AliasSet = "alias.set",
        DeploymentObserved = "deployment.observed",
        DeploymentReported = "deployment.reported",
        EnvironmentApplied = "environment.applied",
        EvidenceRecorded = "evidence.recorded",
        EvidenceRepeated = "evidence.repeated",
        KeyRotated = "key.rotated",
        ModelCreated = "model.created",
        ModelDeleted = "model.deleted",
        ModelRenamed = "model.renamed",
        PolicyApplied = "policy.applied",
        ProfileApplied = "profile.applied",
        PromotionApproved = "promotion.approved",
        PromotionMade = "promotion.made",
        PromotionRejected = "promotion.rejected",
        PromotionRequested = "promotion.requested",
        PromotionRolledBack = "promotion.rolled_back",
        PromotionWithdrawn = "promotion.withdrawn",
        PromptCreated = "prompt.created",
        RunChanged = "run.changed",
        StageSet = "stage.set",
        TextErased = "text.erased",
        TokenExchanged = "token.exchanged",
        VerdictGiven = "verdict.given",
        VersionAdmitted = "version.admitted",
        VersionCopied = "version.copied",
        VersionDeleted = "version.deleted",
        VersionImported = "version.imported",
        VersionRejected = "version.rejected",
        VersionSealed = "version.sealed",
        VersionSubmitted = "version.submitted";
}
