using Assay.Plots;
using Assay.Server.Pages.Layout;

namespace Assay.Server.Pages.Parts;

/// <summary>A slot in a few words, for the cells of an overview.</summary>
public static class SlotWords
{
    /// <summary>Beside the mark: what is live, or what is wrong with it.</summary>
    public static string Head(SlotLine slot)
    {
        if (slot.Stale || slot.Observed.Count == 0)
            return slot.Standing.Word;
        var live = slot.Observed.Count == 1 ? slot.Observed[0].Version.Name : $"{slot.Observed.Count} digests";
        var wrong = slot.Observed.Count(seen => !seen.Approved);
        if (wrong > 0)
            return slot.Observed.Count == 1 ? $"{live}, not approved" : $"{live} · {wrong} not approved";
        return slot.Standing.Tone is Tone.Ok ? live + (slot.Observed is [{ Share: { } share }] ? $" · {Figures.Percent(share)}" : "") : slot.Standing.Word;
    }

    /// <summary>Below the mark: how it is known, since when.</summary>
    public static string Below(SlotLine slot, DateTimeOffset now)
    {
        var name = slot.Slot == "primary" ? "" : slot.Slot + " · ";
        if (slot.Heard is not { } heard)
            return name + (slot.Approved is { } approved ? $"{approved.Version.Name} approved {Moments.Age(approved.At, now)}, no agent reports it" : "no agent reports it");
        if (slot.Stale)
            return name + $"last seen {Moments.Age(heard, now)}: {(slot.Observed.Count == 0 ? "nothing" : string.Join(", ", slot.Observed.Select(seen => seen.Version.Name)))}";
        var level = slot.Observed.Count == 0 ? "" : $" · L{slot.Observed.Min(seen => seen.Level)}";
        var approval = slot.Approved is { } decided ? $"{decided.Version.Name} approved" : "nothing approved";
        return $"{name}{(slot.Standing.Tone is Tone.Ok ? "as approved" : approval)} · seen {Moments.Age(heard, now)}{level}";
    }
}
