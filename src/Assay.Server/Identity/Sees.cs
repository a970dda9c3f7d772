namespace Assay.Server.Identity;

/// <summary>What a principal may look at, for lists and searches: what is not seen is not there.</summary>
public sealed class Sees(Principal principal)
{
    /// <summary>Everything there is?</summary>
    public bool All { get; } = principal.May(Permission.Read, Scope.Everything);

    public bool Experiment(string name) => All || principal.May(Permission.Read, new(Experiment: name));

    public bool Model(string name) => All || principal.May(Permission.Read, new(Model: name));

    public bool Environment(string name) => All || principal.May(Permission.Read, new(Environment: name));

    /// <summary>A model in an environment.</summary>
    public bool Slot(string model, string environment) => All || principal.May(Permission.Read, new(Model: model, Environment: environment));
}
