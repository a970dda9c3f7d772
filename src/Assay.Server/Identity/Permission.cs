namespace Assay.Server.Identity;

/// <summary>What a route needs. Each route declares one, with what it touches; the server does not start with a route that has none.</summary>
public enum Permission
{
    /// <summary>Nothing: health, version, public keys.</summary>
    Public,
    /// <summary>To be somebody: any proven identity, whatever its roles.</summary>
    Known,
    /// <summary>viewer, and every role within what it is for: look.</summary>
    Read,
    /// <summary>trainer: log runs.</summary>
    LogRuns,
    /// <summary>trainer, submitter, operator: names, descriptions, tags, aliases and stages in the registry, which decide nothing.</summary>
    Label,
    /// <summary>submitter: make a version of a run.</summary>
    Submit,
    /// <summary>evaluator: attach machine evidence; approver: attach a review.</summary>
    SubmitEvidence,
    /// <summary>reporter: report deployments and observations of one environment.</summary>
    Report,
    /// <summary>submitter, approver, operator: open a promotion request.</summary>
    Propose,
    /// <summary>approver:R: approve, reject, dispute.</summary>
    Decide,
    /// <summary>on-call, operator, or what the policy says: roll back, break glass.</summary>
    RollBack,
    /// <summary>operator: freeze, recall, waive, apply profiles, policies and environments.</summary>
    Operate,
    /// <summary>auditor: export and verify the ledger.</summary>
    Audit,
    /// <summary>admin: access.</summary>
    Administer,
}
