namespace Assay.Client;

/// <summary>How a run is started.</summary>
public sealed record RunOptions
{
    /// <summary>A name for people; the server makes one up when null.</summary>
    public string? Name { get; init; }

    /// <summary>A note for people (<c>mlflow.note.content</c>).</summary>
    public string? Description { get; init; }

    /// <summary>The run this one is a part of.</summary>
    public string? Parent { get; init; }

    /// <summary>The seed of everything random, recorded as a tag; null: <c>ASSAY_SEED</c> or <c>MLFLOW_SEED</c>.</summary>
    public long? Seed { get; init; }

    /// <summary>Further tags; they win over captured ones.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A folder inside the work tree of the training code; null: the current folder.</summary>
    public string? Repository { get; init; }

    /// <summary>Capture user, source, commit, clean tree, CI job and host? On unless somebody has a reason.</summary>
    public bool CaptureContext { get; init; } = true;

    /// <summary>Log the packages and the runtime of this process as <c>environment/</c>? On unless somebody has a reason.</summary>
    public bool CaptureEnvironment { get; init; } = true;

    /// <summary>The <c>*.deps.json</c> that lists the resolved packages; null: the entry assembly's own.</summary>
    public string? DependenciesFile { get; init; }
}
