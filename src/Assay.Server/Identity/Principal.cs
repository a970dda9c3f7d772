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
}

/// <summary>Who asks. Stored and shown as <c>kind:id</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name, unique within the kind.</param>
/// <param name="Verified">Was the identity proven? Never in local mode.</param>
/// <param name="Roles">The roles it holds (interfaces §6), such as <c>approver:model-risk</c>.</param>
public sealed record Principal(PrincipalKind Kind, string Id, bool Verified, IReadOnlyList<string> Roles)
{
    /// <summary>The principal of local mode.</summary>
    public static readonly Principal Local = new(PrincipalKind.Local, "local", false, []);

    /// <summary>The server's own background work.</summary>
    public static readonly Principal Server = new(PrincipalKind.System, "assay", true, []);

    /// <summary>Does it hold the role? <c>approver</c> holds every <c>approver:R</c> only in local mode without a named role.</summary>
    public bool Holds(string role) => Roles.Contains(role, StringComparer.Ordinal);

    /// <summary><c>kind:id</c>; the plain principal of local mode is <c>local</c>.</summary>
    public override string ToString() => Kind is PrincipalKind.Local && Id == "local" ? "local" : $"{Kind.ToString().ToLowerInvariant()}:{Id}";
}
