using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>What must always hold: what does not hold first, what held folded away.</summary>
internal static class ProbeTable
{
    static readonly string[] Heads = ["Case and expectation", "result", "wanted", "seen"];
    const int MostLetters = 160;

    public static string Of(Evaluation evaluation)
    {
        var broken = evaluation.Probes.Where(probe => !probe.Ok).ToArray();
        var held = evaluation.Probes.Where(probe => probe.Ok).ToArray();
        var open = broken.Length == 0 ? $"<p>{Markup.Chip(Tone.Ok, $"all {evaluation.Probes.Count} hold")}</p>" : Table("What does not hold", broken);
        return Unreviewed(evaluation) + open + (held.Length == 0 ? "" : Markup.Details($"{held.Length} that hold", Table("What holds", held)));
    }

    /// <summary>A suite that a program wrote and nobody read proves only that the model does what it did.</summary>
    static string Unreviewed(Evaluation evaluation) => evaluation.Reviewed == false
        ? $"<p>{Markup.Chip(Tone.Warn, "not reviewed")} <span class=\"m\">This suite was written from the model’s own answers, and nobody has signed it off. Read its cases, then remove the mark in the suite file.</span></p>" : "";

    static string Table(string label, IEnumerable<Probe> probes) => Markup.Table(label, Heads, probes.Select(probe => Markup.Row(Heads, Markup.Text(probe.Id),
        [probe.Ok ? Markup.Chip(Tone.Ok, "holds") : probe.Error is null ? Markup.Chip(Tone.Bad, "does not hold") : Markup.Chip(Tone.Warn, "not measured"), $"<code>{Markup.Text(Short(probe.Expected ?? "–"))}</code>",
            probe.Error is { } error ? Markup.Text(error) : $"<code>{Markup.Text(Short(probe.Actual ?? "–"))}</code>{(probe.Reason is { } why ? $" <span class=\"m\">{Markup.Text(why)}</span>" : "")}"])), "fold");

    static string Short(string text) => text.Length <= MostLetters ? text : text[..MostLetters] + "…";
}
