using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>The top of a report: the sentence, and one row for each kind, measured or not.</summary>
internal static class Glance
{
    static readonly string[] Heads = ["Kind", "result", "data", "suite", "measured", "evidence"];

    public static string Of(IReadOnlyList<ReportPiece> pieces) => Say(pieces) + $"""<section class="card" aria-labelledby="h-glance"><h2 id="h-glance">At a glance</h2>{Table(pieces)}</section>""";

    /// <summary>One piece in words.</summary>
    public static string Result(Evaluation evaluation)
    {
        if (evaluation.Kind == "invariants")
            return $"{evaluation.Probes.Count(probe => probe.Ok)} of {evaluation.Probes.Count} expectations hold";
        var first = evaluation.Metrics.FirstOrDefault(metric => metric.Value is not null);
        if (evaluation.Kind == "slices")
        {
            var (declared, found) = (evaluation.Slices.Count(slice => !slice.Discovered), evaluation.Slices.Count(slice => slice.Discovered));
            var few = evaluation.Slices.Count(slice => slice.Status == "too_small");
            return $"{declared} declared{(few > 0 ? $", {few} of them too small" : "")}{(found > 0 ? $"; {found} found by search, {evaluation.Slices.Count(slice => slice.Confirmed == true)} confirmed" : "")}";
        }
        if (evaluation.Kind == "skew" && Limited(evaluation) is { Count: > 0 } limited)
            return $"{limited.Count(metric => metric.Value > metric.Threshold)} of {limited.Count} above the limit that the measurement names";
        return first is null ? evaluation.Metrics.Count == 0 ? "recorded" : "nothing could be measured"
            : $"{first.Title} {Told.Value(first)}{(first.Delta is null ? "" : $"; difference {Told.Difference(first)}")}";
    }

    static List<Metric> Limited(Evaluation evaluation) =>
        [.. evaluation.Metrics.Concat(evaluation.Slices.SelectMany(slice => slice.Metrics)).Where(metric => metric is { Value: not null, Threshold: not null })];

    static string Say(IReadOnlyList<ReportPiece> pieces)
    {
        if (pieces.Count == 0)
            return """<div class="say none"><p>Nothing was measured about this version yet.</p></div>""";
        List<string> said = [];
        var all = pieces.Select(piece => piece.Evaluation).ToArray();
        if (all.FirstOrDefault(one => one.Kind == "heldout")?.Metrics.FirstOrDefault(metric => metric.Value is not null) is { } best)
            said.Add($"{best.Title} is {Told.Value(best)} on {Told.Count(best.N)} rows{(best.Delta is null ? "" : $", {Told.Difference(best)} against the version compared with, on the same rows")}.");
        var probes = all.Where(one => one.Kind == "invariants").SelectMany(one => one.Probes).ToArray();
        var broken = probes.Count(probe => !probe.Ok);
        if (probes.Length > 0)
            said.Add(broken == 0 ? $"All {probes.Length} expectations hold." : $"{broken} of {probes.Length} expectations {(broken == 1 ? "does" : "do")} not hold.");
        var errors = all.SelectMany(one => one.Metrics).Count(metric => metric.Error is not null);
        if (errors > 0)
            said.Add($"{errors} {(errors == 1 ? "number" : "numbers")} could not be measured.");
        var weak = all.SelectMany(one => one.Slices).Count(slice => slice.Confirmed == true);
        if (weak > 0)
            said.Add($"{weak} weak {(weak == 1 ? "slice was" : "slices were")} found and confirmed.");
        var tone = broken > 0 ? Tone.Bad : errors > 0 || weak > 0 ? Tone.Warn : Tone.Info;
        return $"""<div class="say {tone.Css()}"><p>{Markup.Text(said.Count == 0 ? "What was measured is below." : string.Join(" ", said))}</p><p class="m">A measurement judges nothing: the gate does, by a policy, on the bounds of these intervals.</p></div>""";
    }

    static string Table(IReadOnlyList<ReportPiece> pieces)
    {
        List<string> rows = [];
        foreach (var words in KindWords.Usual.Concat(pieces.Select(piece => KindWords.Of(piece.Evaluation.Kind)).Where(words => words.How.Length == 0).DistinctBy(words => words.Kind)))
        {
            var name = $"""<a href="#{Svg.Id(words.Kind)}">{Markup.Text(words.Title)}</a>""";
            var measured = pieces.Where(piece => piece.Evaluation.Kind == words.Kind).ToArray();
            if (measured.Length == 0)
                rows.Add(Markup.Row(Heads, name, [Markup.Chip(Tone.None, "not measured"), "", "", "", ""]));
            rows.AddRange(measured.Select(piece => Markup.Row(Heads, name, [Markup.Text(Result(piece.Evaluation)), Data(piece.Evaluation), Markup.Text(piece.Evaluation.Suite?.Name ?? "–"), Measured(piece), piece.Id is { } id ? Markup.Mark(id) : "<span class=\"m\">not recorded yet</span>"])));
        }
        return Markup.Table("At a glance", Heads, rows, "fold wide");
    }

    static string Data(Evaluation evaluation) => evaluation.Dataset is not { } data ? "–"
        : $"{Markup.Text(data.Uri ?? data.Role ?? "data")}{(data.Rows is { } rows ? $", {Figures.Count(rows)} rows" : "")}";

    static string Measured(ReportPiece piece) =>
        string.Join(", ", new[] { piece.By is { } by ? "by " + Markup.Text(by) : null, piece.At is { } at ? Markup.Time(at) : null }.OfType<string>()) is { Length: > 0 } said ? said : "–";
}
