namespace Assay.Server.Identity;

/// <summary>What roles and kinds of principals may do (interfaces §6, identity.md). The kind limits first: no grant lets a workload approve.</summary>
public static class Roles
{
    /// <summary>Every role; <c>approver</c> is written with what it approves for, such as <c>approver:model-risk</c>.</summary>
    public static readonly IReadOnlyList<string> All = ["viewer", "trainer", "submitter", "evaluator", "reporter", "approver", "on-call", "operator", "auditor", "admin"];

    /// <summary>Roles that look at the registry as a whole when their grant names nothing.</summary>
    static readonly string[] Overseers = ["viewer", "operator", "auditor", "admin"];

    static readonly Dictionary<Permission, string[]> Holders = new()
    {
        [Permission.Read] = [.. All.Where(r => r != "reporter")],
        [Permission.LogRuns] = ["trainer"],
        [Permission.Label] = ["trainer", "submitter", "operator"],
        [Permission.Submit] = ["submitter"],
        [Permission.SubmitEvidence] = ["evaluator", "approver"],
        [Permission.Report] = ["reporter"],
        [Permission.Propose] = ["submitter", "approver", "operator"],
        [Permission.Decide] = ["approver"],
        [Permission.RollBack] = ["on-call", "operator", "approver"],
        [Permission.Operate] = ["operator"],
        [Permission.Audit] = ["auditor", "operator", "admin"],
        [Permission.Administer] = ["admin"],
    };

    /// <summary>The roles that a permission comes with.</summary>
    public static IReadOnlyList<string> With(Permission permission) => Holders.GetValueOrDefault(permission, []);

    /// <summary>May this kind do such a thing at all, whatever it was granted?</summary>
    public static bool Within(PrincipalKind kind, Permission permission) => kind switch
    {
        PrincipalKind.Person => true,   // machine evidence and versions are looked at where they are taken in: a review is evidence too, and push: anyone may be chosen
        PrincipalKind.Workload => permission is not (Permission.Decide or Permission.RollBack or Permission.Administer),
        PrincipalKind.Agent => permission is Permission.Report,
        _ => false,
    };

    /// <summary>Does a grant give the permission about this?</summary>
    public static bool Gives(Grant grant, Permission permission, Scope scope) =>
        With(permission).Contains(grant.RoleKind) && (permission is Permission.Read || !grant.LookOnly) && grant.Covers(scope) && (!scope.Whole || permission is not Permission.Read || Overseers.Contains(grant.RoleKind));
}
