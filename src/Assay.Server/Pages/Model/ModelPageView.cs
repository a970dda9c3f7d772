using Assay.Plots;
using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Model;

/// <summary>One model: its versions, where they are, what served, what others call them.</summary>
public sealed record ModelPageView(string Name, string Description, IReadOnlyList<SlotLine> Slots, IReadOnlyList<Strip> Served, IReadOnlyList<VersionRow> Versions, long VersionCount, IReadOnlyList<AliasRow> Aliases)
{
    /// <summary>Environments in the order of their cards.</summary>
    public IReadOnlyList<string> Environments => [.. Slots.Select(slot => slot.Environment).Distinct()];

    /// <summary>Older versions start here; null at the end.</summary>
    public long? Older { get; init; }
}

/// <summary>One version's line.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Standing">Candidate, admitted, rejected, recalled.</param>
/// <param name="Digest">Null while there is none.</param>
/// <param name="Created">When.</param>
/// <param name="Measured">The held-out measure with its interval, in words; null when nothing was measured.</param>
/// <param name="Note">Why it was rejected, or what it waits for.</param>
/// <param name="Places">Where it is, one mark each.</param>
public sealed record VersionRow(long Number, Standing Standing, Assay.Contracts.Digest? Digest, DateTimeOffset Created, string? Measured, string? Note, IReadOnlyList<(string Environment, Standing Standing)> Places);

/// <summary>One soft signal, and what it says beside what is known.</summary>
public sealed record AliasRow(string Text, long? Version, bool Derived, Standing? Compared, string Says);
