namespace Assay.Server.Identity;

/// <summary>
/// What a request is about, as far as grants can name it: the name of an experiment, of a model, of an environment. All null: nothing in particular.
/// </summary>
public sealed record Scope(string? Experiment = null, string? Model = null, string? Environment = null)
{
    /// <summary>Nothing in particular: lists of our own documents, who one is.</summary>
    public static readonly Scope Nothing = new();

    /// <summary>The registry as a whole: what only a grant that names nothing covers.</summary>
    public static readonly Scope Everything = new() { Whole = true };

    /// <summary>The registry as a whole.</summary>
    public bool Whole { get; private init; }

    /// <summary>In words, after "about".</summary>
    public override string ToString() => Whole ? "the whole registry"
        : string.Join(" in ", new[] { Model is null ? null : $"the model '{Model}'", Experiment is null ? null : $"the experiment '{Experiment}'", Environment is null ? null : $"the environment '{Environment}'" }.OfType<string>()) is { Length: > 0 } text ? text
        : "the registry";
}
