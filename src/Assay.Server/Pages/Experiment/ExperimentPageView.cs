using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Experiment;

/// <summary>All experiments.</summary>
public sealed record ExperimentsPageView(IReadOnlyList<ExperimentRow> Rows);

/// <summary>One experiment's line.</summary>
/// <param name="Id">MLflow's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Updated">When something last changed.</param>
/// <param name="Enforced">The model whose profile every run must satisfy to end; null when none.</param>
public sealed record ExperimentRow(string Id, string Name, DateTimeOffset Updated, string? Enforced);

/// <summary>The runs of an experiment as the address asks for them.</summary>
public sealed record ExperimentPageView(string Id, string Name, RunQuery Query)
{
    /// <summary>The model whose profile every run must satisfy to end; null when none.</summary>
    public string? Enforced { get; init; }

    /// <summary>Columns shown, each <c>metrics.KEY</c> or <c>params.KEY</c>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Columns that the runs of this page have.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>A page of runs.</summary>
    public IReadOnlyList<RunRow> Rows { get; init; } = [];

    /// <summary>Where the next page starts; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>How long the search took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>What is wrong with the filter or the order, and what was expected.</summary>
    public string? Error { get; init; }

    /// <summary>Where in the filter.</summary>
    public int? Caret { get; init; }
}

/// <summary>What the address says: the address is the state.</summary>
public sealed record RunQuery(string? Filter, string? OrderBy, string? Columns, string? Page)
{
    /// <summary>The same question in another order, from its first page.</summary>
    public string Ordered(string experiment, string order) => Address(experiment, this with { OrderBy = order, Page = null });

    /// <summary>The same question, next page.</summary>
    public string Onward(string experiment, string page) => Address(experiment, this with { Page = page });

    static string Address(string experiment, RunQuery query)
    {
        var parts = new[] { ("filter", query.Filter), ("order_by", query.OrderBy), ("columns", query.Columns), ("page", query.Page) };
        return Addresses.Experiment(experiment) + "?" + string.Join("&", parts.Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}"));
    }
}

/// <summary>One run's line.</summary>
public sealed record RunRow(string RunId, string Name, Standing Standing, DateTimeOffset Started, TimeSpan? Took, IReadOnlyList<RunCell> Cells, string? Commit, bool Dirty, string? Data)
{
    /// <summary>The version it became.</summary>
    public VersionRef? Became { get; init; }
}

/// <summary>One cell: its text, whether it is a number, whether it is the best finished value of the page.</summary>
public readonly record struct RunCell(string? Text, bool Number, bool Best = false);
