using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;
using Assay.Server.Identity;

namespace Assay.Server.Access.Policy;

/// <summary>Who may do what (interfaces §10), as read from a <c>kind: AccessPolicy</c> document.</summary>
/// <param name="Audience">Our own URL: exactly this must stand in every token that is exchanged.</param>
/// <param name="Digest">Of the document's text.</param>
public sealed record AccessPolicy(string Name, Uri Audience, Digest Digest)
{
    public IReadOnlyList<TrustedIssuer> Issuers { get; init; } = [];

    public SignIn? SignIn { get; init; }

    /// <summary>Rules for CI and services, and for agents.</summary>
    public IReadOnlyList<WorkloadRule> Workloads { get; init; } = [];

    public IReadOnlyList<PeopleRule> People { get; init; } = [];

    public IReadOnlyList<ProducerKey> Keys { get; init; } = [];

    public IReadOnlyList<ModelRule> Models { get; init; } = [];

    /// <summary>The rule of a model: the most specific that matches; without any, only CI may push and the origin must be proven.</summary>
    public ModelRule RuleOf(string model) => Models.Where(r => Glob.Matches(r.Match, model)).MaxBy(r => Glob.Weight(r.Match)) ?? ModelRule.Standard;

    /// <summary>The rule of that name, or null when there is none (any more).</summary>
    public WorkloadRule? Workload(string name) => Workloads.FirstOrDefault(w => w.Name == name);

    /// <summary>Grants with what they need of this policy.</summary>
    public IReadOnlyList<Grant> Bound(IEnumerable<Grant> grants) => [.. grants.Select(g => g with { TierOf = model => RuleOf(model).Tier })];

    /// <summary>What somebody in these groups, or of that id, is granted.</summary>
    public IReadOnlyList<Grant> GrantsOf(string person, IReadOnlyCollection<string> groups) =>
        Bound(People.Where(p => p.Group is { } group ? groups.Contains(group, StringComparer.Ordinal) : p.Person == person).SelectMany(p => p.May));
}

/// <summary>An issuer of tokens that is believed: the whole string, never a part of it (GitHub Enterprise and cloud clusters share hosts).</summary>
/// <param name="Jwks">A file of keys where discovery cannot be reached.</param>
/// <param name="Ca">A PEM file of authorities for a private one.</param>
public sealed record TrustedIssuer(string Name, string Issuer, string? Jwks, string? Ca);

/// <summary>Where people sign in (OpenID Connect).</summary>
/// <param name="ClientSecretFile">The file of the client's secret; null for a public client.</param>
/// <param name="GroupsClaim">The claim that lists somebody's groups.</param>
/// <param name="IdClaim">The claim that a person is known by; must be unique and never given to another.</param>
public sealed record SignIn(string Issuer, string ClientId, string? ClientSecretFile, string GroupsClaim, string IdClaim, string? Ca);

/// <summary>Which tokens of an issuer are a workload (or an agent), and what that may.</summary>
/// <param name="Claims">Every one must match; a list is any of. Nested claims are written with <c>/</c>.</param>
/// <param name="Job">The claims that make two writes the same job, for <c>run.origin</c>.</param>
public sealed record WorkloadRule(string Name, PrincipalKind Kind, string Issuer, IReadOnlyDictionary<string, IReadOnlyList<string>> Claims, IReadOnlyList<Grant> May, IReadOnlyList<string> Job)
{
    /// <summary>How long after its exchange a job's credential may be renewed, while its identity token would still be valid; zero: never.</summary>
    public TimeSpan Renew { get; init; } = UsualRenew;

    /// <summary>What holds where the rule says nothing: a day.</summary>
    public static readonly TimeSpan UsualRenew = TimeSpan.FromDays(1);

    /// <summary>The most that a rule may say: as long as a job of GitLab may run.</summary>
    public static readonly TimeSpan MostRenew = TimeSpan.FromDays(31);

    /// <summary>Of all that the rule says: a credential that was minted under another form of it is no longer valid.</summary>
    public Digest Digest { get; init; }
}

/// <summary>What a group of the sign-in provider, or one person by id, is granted.</summary>
public sealed record PeopleRule(string? Group, string? Person, IReadOnlyList<Grant> May);

/// <summary>A key with which a producer signs its own evidence.</summary>
public sealed record ProducerKey(string Principal, VerificationKey Key);

/// <summary>How versions of a model come to be.</summary>
/// <param name="CiOnly">Only workloads may push (<c>push: ci-only</c>).</param>
/// <param name="OriginProven">Every write to its run must be of one CI job (<c>origin: proven</c>).</param>
/// <param name="Tier">Its risk tier, for grants and policies.</param>
public sealed record ModelRule(string Match, bool CiOnly, bool OriginProven, string? Tier)
{
    /// <summary>What holds where no rule matches.</summary>
    public static readonly ModelRule Standard = new("*", true, true, null);
}
