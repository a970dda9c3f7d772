using Assay.Plots;
using Assay.Server.Pages.Overview;
using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Environment;

/// <summary>All environments.</summary>
public sealed record EnvironmentsPageView(IReadOnlyList<EnvironmentRow> Rows);

/// <summary>One environment's line.</summary>
public sealed record EnvironmentRow(string Name, bool Declared, string? Owner, int Slots, IReadOnlyList<Standing> Worst, DateTimeOffset? Heard);

/// <summary>Everything in one environment.</summary>
public sealed record EnvironmentPageView(string Name, IReadOnlyList<SlotLine> Slots, IReadOnlyList<SourceRow> Sources, IReadOnlyList<Moment> Latest)
{
    /// <summary>How many slots are in use; the page shows the troubled ones first.</summary>
    public int All { get; init; }

    /// <summary>Owners, on-call, runbook, as declared.</summary>
    public IReadOnlyList<FactLine> Facts { get; init; } = [];

    /// <summary>All open findings, worst first.</summary>
    public IReadOnlyList<FindingLine> Findings => [.. Slots.SelectMany(slot => slot.Findings)];
}

/// <summary>One model in one environment.</summary>
public sealed record ModelInPageView(string Model, string Environment, IReadOnlyList<SlotLine> Slots, Strip? Served, IReadOnlyList<Moment> Decisions, IReadOnlyList<Moment> Reports)
{
    /// <summary>The moment looked at; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>All open findings, worst first.</summary>
    public IReadOnlyList<FindingLine> Findings => [.. Slots.SelectMany(slot => slot.Findings)];
}
