namespace Assay.Server.Identity;

/// <summary>What a route needs. Each route declares one; the server does not start with a route that has none.</summary>
public enum Permission
{
    /// <summary>Nothing: health, version, public keys.</summary>
    Public,
    /// <summary>viewer: look.</summary>
    Read,
    /// <summary>trainer: log runs.</summary>
    LogRuns,
    /// <summary>submitter: make a version of a run.</summary>
    Submit,
    /// <summary>evaluator: attach machine evidence.</summary>
    SubmitEvidence,
    /// <summary>reporter: report deployments and observations of one environment.</summary>
    Report,
    /// <summary>approver:R: approve, reject, dispute; and open promotion requests.</summary>
    Decide,
    /// <summary>on-call: roll back, break glass.</summary>
    RollBack,
    /// <summary>operator: freeze, recall, waive, apply profiles, policies and environments.</summary>
    Operate,
    /// <summary>auditor: export the ledger.</summary>
    Audit,
    /// <summary>admin: access.</summary>
    Administer,
}

/// <summary>Metadata of a route.</summary>
public sealed record Allowed(Permission Permission);
