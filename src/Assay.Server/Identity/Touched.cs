using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>What a request names: resolved to a <see cref="Scope"/> before anything is done.</summary>
public enum TouchedKind
{
    /// <summary>Nothing in particular.</summary>
    Nothing,
    /// <summary>The registry as a whole.</summary>
    Everything,
    /// <summary>An experiment by its name.</summary>
    ExperimentName,
    /// <summary>An experiment by its id.</summary>
    Experiment,
    /// <summary>A run by its id.</summary>
    Run,
    /// <summary>A logged model (3.x) by its id.</summary>
    LoggedModel,
    /// <summary>A path of the artifact store.</summary>
    Artifact,
    /// <summary>A registered model by its name, perhaps in an environment.</summary>
    Model,
    /// <summary>An environment by its name.</summary>
    Environment,
    /// <summary>A promotion request by its id.</summary>
    Request,
}

/// <summary>One thing that a request names.</summary>
public readonly record struct Touched(TouchedKind Kind, string Id, string? Environment = null)
{
    /// <summary>How the request named it, where that is not its name: a digest.</summary>
    public string? Asked { get; init; }

    /// <summary>Nothing in particular.</summary>
    public static readonly Touched Nothing = new(TouchedKind.Nothing, "");

    /// <summary>The registry as a whole.</summary>
    public static readonly Touched Everything = new(TouchedKind.Everything, "");

    public static Touched Experiment(string id) => new(TouchedKind.Experiment, id);

    public static Touched ExperimentNamed(string name) => new(TouchedKind.ExperimentName, name);

    public static Touched Run(string id) => new(TouchedKind.Run, id);

    public static Touched LoggedModel(string id) => new(TouchedKind.LoggedModel, id);

    public static Touched Artifact(string path) => new(TouchedKind.Artifact, path);

    public static Touched Model(string name, string? environment = null) => new(TouchedKind.Model, name, environment);

    public static Touched Request(string id) => new(TouchedKind.Request, id);

    public static Touched InEnvironment(string name) => new(TouchedKind.Environment, name);

    /// <summary>In words, as the request named it, after "look at": says nothing that the caller did not say.</summary>
    public override string ToString() => Asked ?? Kind switch
    {
        TouchedKind.Nothing => Scope.Nothing.ToString(),
        TouchedKind.Everything => Scope.Everything.ToString(),
        TouchedKind.ExperimentName => new Scope(Experiment: Id).ToString(),
        TouchedKind.Experiment => $"the experiment with the id {Id}",
        TouchedKind.Run => $"the run {Id}",
        TouchedKind.LoggedModel => $"the logged model {Id}",
        TouchedKind.Artifact => Id.Length > 0 ? $"the artifacts at '{Id}'" : "the artifacts of the whole registry",
        TouchedKind.Model => new Scope(Model: Id, Environment: Environment).ToString(),
        TouchedKind.Environment => new Scope(Environment: Id).ToString(),
        _ => $"the promotion request {Id}",
    };
}

/// <summary>What a route touches, read from its address.</summary>
public static class On
{
    /// <summary>Nothing in particular.</summary>
    public static Touched Nothing(HttpContext _) => Touched.Nothing;

    /// <summary>The registry as a whole.</summary>
    public static Touched Everything(HttpContext _) => Touched.Everything;

    /// <summary>The model that the address names.</summary>
    public static Touched Model(HttpContext context) => Touched.Model(Part(context, "model"));

    /// <summary>The model and the environment that the address names.</summary>
    public static Touched Slot(HttpContext context) => Touched.Model(Part(context, "model"), Part(context, "environment"));

    /// <summary>The environment that the address names.</summary>
    public static Touched Environment(HttpContext context) => Touched.InEnvironment(Part(context, "environment"));

    /// <summary>The run that the address names.</summary>
    public static Touched Run(HttpContext context) => Touched.Run(Part(context, "id"));

    /// <summary>The experiment that the address names.</summary>
    public static Touched Experiment(HttpContext context) => Touched.Experiment(Part(context, "id"));

    /// <summary>The promotion request that the address names.</summary>
    public static Touched Request(HttpContext context) => Touched.Request(Part(context, "id"));

    /// <summary>A part of the address, percent-decoded; empty when there is none.</summary>
    static string Part(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";
}
