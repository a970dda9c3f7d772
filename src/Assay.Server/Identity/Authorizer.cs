using Assay.Contracts;

namespace Assay.Server.Identity;

/// <summary>A question upward: what does this id belong to? Answered by the rooms that know; null when there is no such thing.</summary>
public interface IScopes
{
    /// <summary>The kinds that it can answer for.</summary>
    IReadOnlyCollection<TouchedKind> Kinds { get; }

    /// <summary>The names behind an id.</summary>
    Task<Scope?> Of(Touched touched, CancellationToken ct);
}

/// <summary>A question upward: what would mend a refusal, as the access policy in force has it? Null when there is nothing particular to say.</summary>
public interface IAccessHints
{
    /// <summary>Which rule would allow it, in words.</summary>
    string? For(Principal principal, Permission permission, Scope scope);
}

/// <summary>The one point that decides whether a principal may do what a route declares (identity.md).</summary>
public sealed class Authorizer(IEnumerable<IScopes> scopes, IAccessHints hints, IRefusalWitness witness)
{
    readonly Dictionary<TouchedKind, IScopes> answers = scopes.SelectMany(s => s.Kinds.Select(k => (Kind: k, Scopes: s))).ToDictionary(p => p.Kind, p => p.Scopes);

    /// <summary>Null when it may; otherwise why not, and who could change that.</summary>
    public async Task<Refusal?> Check(Principal principal, Permission permission, Touched touched, CancellationToken ct)
    {
        if (principal.Unbounded || permission is Permission.Public)
            return null;
        if (principal.Kind is PrincipalKind.Anonymous)
            return DoorRefusal.Unknown();
        // Whoever is granted it for everything needs no look at what this is about.
        if (principal.May(permission, Scope.Everything) || permission is Permission.Known)
            return null;
        var scope = await Resolve(touched, ct);
        // What is not there belongs to nobody: whoever may do such a thing somewhere is told that it is not there.
        if (scope is null ? principal.Grants.Any(g => Roles.With(permission).Contains(g.RoleKind)) && Roles.Within(principal.Kind, permission) : principal.May(permission, scope))
            return null;
        var about = scope ?? Scope.Nothing;
        // Whoever may not even look learns no names from ids: those of experiments can be counted through.
        var told = scope is not null && principal.May(Permission.Read, scope) ? scope.ToString() : touched.ToString();
        var refusal = DoorRefusal.MayNot(principal, permission, told, hints.For(principal, permission, about));
        witness.Known(principal, permission, about, refusal);
        return refusal;
    }

    async Task<Scope?> Resolve(Touched touched, CancellationToken ct) => touched.Kind switch
    {
        TouchedKind.Nothing => Scope.Nothing,
        TouchedKind.Everything => Scope.Everything,
        TouchedKind.ExperimentName => new(Experiment: touched.Id),
        TouchedKind.Model => new(Model: touched.Id, Environment: touched.Environment),
        TouchedKind.Environment => new(Environment: touched.Id),
        _ => await answers[touched.Kind].Of(touched, ct),
    };
}
