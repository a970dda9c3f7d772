using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;

namespace Assay.Cli.Importing;

/// <summary>What an import has done so far, told now and then and at the end. Safe from many threads.</summary>
internal sealed class ImportTally(Output output, TimeProvider time)
{
    static readonly TimeSpan Often = TimeSpan.FromSeconds(2);

    readonly Lock one = new();
    readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    readonly List<(string What, string Why)> leftOut = [];
    long told = time.GetTimestamp();

    /// <summary>Nothing was left out.</summary>
    public bool Whole => leftOut.Count == 0;

    /// <summary>Counts; the words are those of the summary.</summary>
    public void Count(string what, long by = 1)
    {
        lock (one)
        {
            counts[what] = counts.GetValueOrDefault(what) + by;
            if (time.GetElapsedTime(told) < Often)
                return;
            told = time.GetTimestamp();
            output.Note(Text());
        }
    }

    /// <summary>Notes what could not be taken over, and why.</summary>
    public void LeaveOut(string what, string why)
    {
        lock (one)
        {
            leftOut.Add((what, why));
            output.Problem($"{what}: {why}");
        }
    }

    /// <summary>The summary for people.</summary>
    public string Text() => counts.Count == 0 ? "nothing" : string.Join(", ", counts.Select(c => c.Key == "bytes" ? Size(c.Value) : $"{c.Value.ToString("N0", CultureInfo.InvariantCulture)} {c.Key.Replace('_', ' ')}"));

    static string Size(long bytes) => bytes < 1_000_000 ? $"{bytes / 1e3:0.#} kB" : bytes < 1_000_000_000 ? $"{bytes / 1e6:0.#} MB" : $"{bytes / 1e9:0.##} GB";

    /// <summary>The summary for programs.</summary>
    public JsonObject Json(string origin)
    {
        var summary = new JsonObject { ["origin"] = origin };
        foreach (var (what, count) in counts)
            summary[what] = count;
        summary["left_out"] = new JsonArray([.. leftOut.Select(l => new JsonObject { ["what"] = l.What, ["why"] = l.Why })]);
        return summary;
    }
}
