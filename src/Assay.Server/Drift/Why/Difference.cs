using Assay.Contracts;

namespace Assay.Server.Drift.Why;

/// <summary>One fact that differs; absent means that the one side has no such fact.</summary>
public sealed record Change(string Name, string? Before, string? After);

/// <summary>The differences of one group.</summary>
public sealed record ChangedGroup(string Group, IReadOnlyList<Change> Changes);

/// <summary>What changed from one version to another: the first question at 2am.</summary>
/// <param name="From">The last good version.</param>
/// <param name="To">What is live.</param>
/// <param name="Groups">What changed, the likeliest cause first.</param>
/// <param name="Same">The groups without a change.</param>
/// <param name="Note">What could not be compared.</param>
public sealed record Difference(Digest From, Digest To, IReadOnlyList<ChangedGroup> Groups, IReadOnlyList<string> Same, string? Note)
{
    /// <summary>Compares two sheets, fact by fact. Pure.</summary>
    public static Difference Between(Digest from, RunSheet before, Digest to, RunSheet after)
    {
        List<ChangedGroup> changed = [];
        List<string> same = [];
        foreach (var group in RunSheet.Groups)
        {
            var (was, now) = (Values(before, group), Values(after, group));
            List<Change> changes = [.. from name in was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
                                       where was.GetValueOrDefault(name) != now.GetValueOrDefault(name)
                                       select new Change(name, was.GetValueOrDefault(name), now.GetValueOrDefault(name))];
            if (changes.Count > 0)
                changed.Add(new(group, changes));
            else if (was.Count > 0 || now.Count > 0)
                same.Add(group);
        }
        return new(from, to, changed, same, null);
    }

    /// <summary>Two versions of which at least one cannot be looked into.</summary>
    public static Difference Unknown(Digest from, Digest to, string why) => new(from, to, [], [], why);

    /// <summary>Facts by name; a name that occurs twice (two data sets) keeps all its values.</summary>
    static Dictionary<string, string?> Values(RunSheet sheet, string group) =>
        sheet.Facts.Where(f => f.Group == group && f.Value is not null).GroupBy(f => f.Name).ToDictionary(g => g.Key, g => (string?)string.Join(" + ", g.Select(f => f.Value).Order(StringComparer.Ordinal)));
}
