using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Overview;

/// <summary>Every model, what is live where, what waits.</summary>
/// <param name="Environments">Columns: the environments that hold anything, production first.</param>
/// <param name="Models">The troubled ones first.</param>
/// <param name="Findings">All open findings, worst first.</param>
/// <param name="Sources">Who observes.</param>
/// <param name="Waiting">Requests that wait for somebody.</param>
/// <param name="Latest">The newest entries of the ledger.</param>
public sealed record OverviewView(IReadOnlyList<string> Environments, IReadOnlyList<ModelRow> Models, IReadOnlyList<FindingLine> Findings, IReadOnlyList<SourceRow> Sources,
    IReadOnlyList<WaitingRow> Waiting, IReadOnlyList<Moment> Latest)
{
    /// <summary>How many models there are; the page shows the first of them.</summary>
    public int All { get; init; }

    /// <summary>Is there nothing at all yet?</summary>
    public bool First => Models.Count == 0;

    /// <summary>Models whose worst slot is proven bad.</summary>
    public int Troubled => Models.Count(model => model.Rank == 0);
}

/// <summary>One model's line.</summary>
/// <param name="Name">The model.</param>
/// <param name="Newest">Its newest admitted version, in words.</param>
/// <param name="Hidden">Candidates and rejected versions that the overview leaves out, in words.</param>
/// <param name="Slots">What is so in each environment.</param>
public sealed record ModelRow(string Name, string Newest, string? Hidden, IReadOnlyList<SlotLine> Slots)
{
    /// <summary>How troubled it is: 0 proven bad, 1 doubtful, 2 going on, 3 quiet.</summary>
    public int Rank => Slots.Count == 0 ? 3 : Slots.Min(slot => slot.Standing.Tone switch { Plots.Tone.Bad => 0, Plots.Tone.Warn => 1, Plots.Tone.None => 1, Plots.Tone.Info => 2, _ => 3 });
}

/// <summary>One observer.</summary>
public sealed record SourceRow(string Name, string Environment, DateTimeOffset? Heard, bool Stale, TimeSpan Limit, string Sees);

/// <summary>One thing that waits for a person.</summary>
public sealed record WaitingRow(string Model, VersionRef Version, string Environment, string Slot, string What, DateTimeOffset Since);
