using System.Text.Json.Nodes;
using Assay.Statistics;

namespace Assay.Evaluation.Measures;

/// <summary>What came of the rows in the order of their scores, for each slice and class.</summary>
internal sealed class RankBook(Frame frame, RowSums sums, int partings, RankNeeds needs)
{
    readonly List<RankFacts> classes = [];    // of all rows, by class
    readonly List<RankFacts[][]> slices = []; // by class, parting, slice
    RankFacts all = null!;
    RankFacts[][] parts = [];

    /// <summary>Makes ready for the rows of one class.</summary>
    public void Begin(int positive)
    {
        RankFacts Fresh(int parting, int slice)
        {
            var (rows, ofClass) = sums.Counts(parting, slice);
            return new(rows, rows == 0 ? 0 : ofClass[positive], needs, drawn: parting < 0);
        }
        all = Fresh(-1, 0);
        parts = [.. Enumerable.Range(0, partings).Select(p => Enumerable.Range(0, sums.Slices(p)).Select(s => Fresh(p, s)).ToArray())];
        classes.Add(all);
        slices.Add(parts);
    }

    /// <summary>Adds the next row of the class that was begun.</summary>
    public void Add(double score, bool positive, ReadOnlySpan<ushort> of)
    {
        all.Add(score, positive);
        for (var p = 0; p < of.Length; p++)
            if (of[p] > 0)
                parts[p][of[p] - 1].Add(score, positive);
    }

    /// <summary>Notes the paired intervals of one slice, by class.</summary>
    public void Pair(int parting, int slice, IReadOnlyList<Interval?> intervals)
    {
        for (var c = 0; c < intervals.Count; c++)
            One(c, parting, slice).Paired = intervals[c];
    }

    /// <summary>The facts by class, as <see cref="Metrics.Sums"/> takes them: where two classes are one score, the positive one's are the second.</summary>
    public IReadOnlyList<RankFacts> Of(int parting, int slice) => frame.Binary
        ? [One(0, parting, slice), One(0, parting, slice)]
        : [.. Enumerable.Range(0, classes.Count).Select(c => One(c, parting, slice))];

    /// <summary>The curves over all rows as evidence has them: of the positive class, or of each.</summary>
    public JsonObject Curves() => frame.Binary ? classes[0].Curves() : new()
    {
        ["classes"] = new JsonArray([.. classes.Select((facts, c) =>
        {
            var curves = facts.Curves();
            curves["class"] = frame.Classes[c];
            return curves;
        })]),
    };

    RankFacts One(int c, int parting, int slice) => parting < 0 ? classes[c] : slices[c][parting][slice];
}
