using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Pages.Parts;
using Assay.Server.Pages.Version;

namespace Assay.Server.Pages.Run;

/// <summary>One run as it was logged.</summary>
public sealed record RunPageView(string RunId, string Name, string ExperimentId, string ExperimentName, Standing Standing, DateTimeOffset Started, DateTimeOffset? Ended)
{
    /// <summary>MLflow's user.</summary>
    public string? User { get; init; }

    /// <summary>Every principal that wrote to it.</summary>
    public IReadOnlyList<string> Writers { get; init; } = [];

    /// <summary>Deleted by its owner; still readable.</summary>
    public bool Deleted { get; init; }

    /// <summary>The version it became.</summary>
    public VersionRef? Became { get; init; }

    /// <summary>Where its completeness was asked for: the model whose profile was used.</summary>
    public string? Model { get; init; }

    /// <summary>Every missing item.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];

    /// <summary>How many items the profile asks for.</summary>
    public int Items { get; init; }

    /// <summary>Charts of metrics with more than one step.</summary>
    public IReadOnlyList<LineChart> Charts { get; init; } = [];

    /// <summary>Charts that were left out to keep the page light.</summary>
    public int MoreCharts { get; init; }

    /// <summary>Metrics, one line each.</summary>
    public IReadOnlyList<MetricLine> Metrics { get; init; } = [];

    /// <summary>Parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    /// <summary>Tags that people set.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Datasets.</summary>
    public IReadOnlyList<DataLine> Data { get; init; } = [];

    /// <summary>Code, machine, client.</summary>
    public IReadOnlyList<FactLine> Facts { get; init; } = [];

    /// <summary>Its files.</summary>
    public IReadOnlyList<FileLine> Files { get; init; } = [];
}

/// <summary>One metric's line.</summary>
public sealed record MetricLine(string Key, double Last, long Step, double? Lowest, double? Highest, long Points);

/// <summary>One dataset's line.</summary>
public sealed record DataLine(string Name, string? Role, string? Source, string Digest);
