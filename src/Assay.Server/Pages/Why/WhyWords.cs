using System.Globalization;
using Assay.Server.Drift.Why;
using Assay.Server.Pages.Layout;
using Assay.Server.Pages.Parts;
using Assay.Server.Policies;
using Figures = Assay.Plots.Figures;
using Standing = Assay.Server.Pages.Parts.Standing;

namespace Assay.Server.Pages.Why;

/// <summary>How the 2am page says what the rooms found.</summary>
internal static class WhyWords
{
    const int MostChanges = 5;

    /// <summary>A group of facts as a heading.</summary>
    internal static string Group(string group) => char.ToUpperInvariant(group[0]) + group[1..];

    /// <summary>The facts of a run by kind.</summary>
    internal static IReadOnlyList<FactGroup> Groups(RunOfVersion run) =>
        [.. run.Facts.GroupBy(fact => fact.Group).Select(group => new FactGroup(Group(group.Key), [.. group.Select(fact => new FactLine(fact.Name, fact.Group == "metrics" && fact.Value is not null ? Value(fact.Value) : fact.Value, fact.Wanted))]))];

    /// <summary>How many differ.</summary>
    internal static string Count(int changes) => changes == 1 ? "1 differs" : $"{changes} differ";

    /// <summary>The first differences of a group, before and after.</summary>
    internal static string Of(IReadOnlyList<Change> changes) =>
        string.Join("; ", changes.Take(MostChanges).Select(change => $"{change.Name} {Value(change.Before)} → {Value(change.After)}")) + (changes.Count > MostChanges ? $"; {changes.Count - MostChanges} more" : "");

    /// <summary>The verdict with its policy, and what was let pass.</summary>
    internal static string Of(Verdict verdict, DateTimeOffset now)
    {
        var waived = verdict.Rules.Count(rule => rule.Verdict is Outcome.Waived);
        return $"{verdict.VerdictDigest.Short} of {Moments.Text(verdict.DecidedAt, now)}, policy {verdict.Policy} {verdict.PolicyDigest.Short}. {(waived == 0 ? "No waiver in force." : $"{waived} waived.")} "
            + (verdict.OpensAt(now) ? $"Good until {Moments.Text(verdict.NotAfter, now)}." : $"Good until {Moments.Text(verdict.NotAfter, now)}, so no longer.");
    }

    /// <summary>One entry of the day on its lane.</summary>
    internal static DayEvent Event(Happening happening)
    {
        var refused = happening.Outcome == "refused";
        var noun = happening.Action.Split('.')[0];
        var bad = refused || noun == "drift" || happening.Action is "version.rejected" or "version.recalled";
        var standing = bad ? Standing.Failed : happening.Action.Contains("roll", StringComparison.Ordinal) ? Standing.RolledBack
            : happening.Action is "promotion.made" or "promotion.approved" or "version.admitted" ? Standing.Passed : Standing.Superseded;
        var what = Group(happening.Action.Replace('.', ' ').Replace('-', ' ')) + (refused ? " refused" : "") + (happening.Digest is { } digest ? $" {digest.Short}" : "");
        return new(noun switch { "deployment" or "observation" => "Deploys", "drift" => "Drift", _ => "Decisions" },
            new(happening.At, standing, what, Shortened.Of($"{happening.Text}{(happening.Text.Length > 0 ? " · " : "")}by {happening.By}{(happening.Verified ? "" : " (unverified)")}"), $"/ledger/{happening.Entry}"));
    }

    static string Value(string? value) => value is not null && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && value.Length > 8 ? Figures.Of(number)
        : value is null ? "not recorded" : value.Length <= 60 ? value : value[..59] + "…";
}
