namespace Assay.Server.Identity;

/// <summary>What a principal is: the kind is looked at before anything else.</summary>
public enum PrincipalKind
{
    /// <summary>The one principal of local mode: may act as any kind, always unverified.</summary>
    Local,
    /// <summary>Somebody, by single sign-on.</summary>
    Person,
    /// <summary>CI or a service, by OIDC.</summary>
    Workload,
    /// <summary>An observer of one environment.</summary>
    Agent,
    /// <summary>The server itself: its background work.</summary>
    System,
    /// <summary>Nobody that we know.</summary>
    Anonymous,
}

/// <summary>Who asks. Stored and shown as <c>kind:id</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name, unique within the kind.</param>
/// <param name="Verified">Was the identity proven? Never in local mode.</param>
/// <param name="Roles">The roles it holds (interfaces §6), such as <c>approver:model-risk</c>, whatever they are for.</param>
public sealed record Principal(PrincipalKind Kind, string Id, bool Verified, IReadOnlyList<string> Roles)
{
    /// <summary>The principal of local mode.</summary>
    public static readonly Principal Local = new(PrincipalKind.Local, "local", false, []);

    /// <summary>The server's own background work.</summary>
    public static readonly Principal Server = new(PrincipalKind.System, "assay", true, []);

    /// <summary>Whoever shows no credential.</summary>
    public static readonly Principal Anonymous = new(PrincipalKind.Anonymous, "anonymous", false, []);

    /// <summary>A proven principal and what the access policy grants it.</summary>
    public static Principal Proven(PrincipalKind kind, string id, IReadOnlyList<Grant> grants, string credential, string? job = null) =>
        new(kind, id, true, [.. grants.Select(g => g.Role).Distinct(StringComparer.Ordinal)]) { Grants = grants, Credential = credential, Job = job };

    /// <summary>What it was granted. Empty in local mode, where nothing is withheld.</summary>
    public IReadOnlyList<Grant> Grants { get; init; } = [];

    /// <summary>Which credential proved it, by its public id (<c>token:01J…</c>, <c>session:01J…</c>); never the secret.</summary>
    public string? Credential { get; init; }

    /// <summary>The CI job that a workload's credential was minted for, such as <c>run_id=42</c>: what makes two writes come from the same place.</summary>
    public string? Job { get; init; }

    /// <summary>What a write to a run is recorded under: the principal, and for a workload its job.</summary>
    public string Origin => Job is null ? ToString() : $"{this} {Job}";

    /// <summary>Is nothing withheld: local mode, or the server itself?</summary>
    public bool Unbounded => Kind is PrincipalKind.Local or PrincipalKind.System;

    /// <summary>Does it hold the role, for anything? <c>approver</c> holds every <c>approver:R</c> only in local mode without a named role.</summary>
    public bool Holds(string role) => Roles.Contains(role, StringComparer.Ordinal);

    /// <summary>The roles it holds for this; in local mode those it named.</summary>
    public IReadOnlyList<string> RolesFor(Scope scope) => Grants.Count == 0 ? Roles : [.. Grants.Where(g => g.Covers(scope)).Select(g => g.Role).Distinct(StringComparer.Ordinal)];

    /// <summary>May it do such a thing about this?</summary>
    public bool May(Permission permission, Scope scope) =>
        Unbounded || permission is Permission.Public
        || (Identity.Roles.Within(Kind, permission) && Grants.Any(g => Identity.Roles.Gives(g, permission, scope)))
        || (permission is Permission.Known && Kind is not PrincipalKind.Anonymous);

    /// <summary><c>kind:id</c>; the plain principal of local mode is <c>local</c>.</summary>
    public override string ToString() => Kind is PrincipalKind.Local && Id == "local" ? "local" : $"{Kind.ToString().ToLowerInvariant()}:{Id}";
}
