using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>The pictures of a held-out measurement, each with its caption and, folded away, its table.</summary>
internal static class CurveFigures
{
    /// <summary>Below this share of positive rows only low false positive rates can be used.</summary>
    const double Rare = 0.05;

    static readonly string[] ReliabilityHeads = ["bin", "#predicted", "#observed", "#rows"], ResidualHeads = ["residual", "#rows"], ScoreHeads = ["score", "#positive", "#all rows"];

    public static string Of(Evaluation evaluation, string id)
    {
        var curves = evaluation.Curves;
        if (!curves.Any)
            return """<p class="m">The evidence carries no curves, so there is nothing to draw.</p>""";
        IReadOnlyList<ClassCurves> parts = curves.Classes.Count > 0 ? curves.Classes : [new("", curves)];
        List<string> figures =
        [
            Rates($"{id}-roc", RateKind.Roc, Lines(evaluation, parts, part => part.Roc), parts, evaluation, "auc"),
            Rates($"{id}-pr", RateKind.Precision, Lines(evaluation, parts, part => part.Pr), parts, evaluation, "average_precision"),
        ];
        foreach (var (part, nth) in parts.Select((part, nth) => (part, nth)).Take(RateCurve.MostLines))
        {
            figures.Add(Reliability($"{id}-rel-{nth}", part));
            figures.Add(Scores($"{id}-sc-{nth}", part));
        }
        figures.Add(Residuals($"{id}-res", curves.Residuals));
        var rest = parts.Count > RateCurve.MostLines ? $"<p class=\"m s\">Drawn are the first {RateCurve.MostLines} of {parts.Count} classes; the points of all are in the evidence.</p>" : "";
        return $"""<div class="figs">{string.Concat(figures)}</div>{rest}""";
    }

    static Series[] Lines(Evaluation evaluation, IReadOnlyList<ClassCurves> parts, Func<Curves, IReadOnlyList<CurvePoint>> of) =>
        [.. parts.Where(part => of(part.Curves).Count > 1).Select(part => new Series(part.Class.Length == 0 ? "The model" : $"Class {part.Class}", [.. of(part.Curves).Select(point => new Point(point.X, point.Y)).OrderBy(point => point.X)]))];

    static string Rates(string id, RateKind kind, Series[] lines, IReadOnlyList<ClassCurves> parts, Evaluation evaluation, string metric)
    {
        if (lines.Length == 0)
            return "";
        var share = parts.Count == 1 ? Positive(parts[0].Curves) : null;
        var curve = new RateCurve(id, kind, lines) { Prevalence = share, Until = kind is RateKind.Roc && share < Rare ? 0.1 : 1 };
        var measured = evaluation.Metrics.FirstOrDefault(one => one.Name == metric && one.Value is not null);
        var caption = measured is null ? "" : $"{measured.Title} {Told.Value(measured)}, {Told.Method(measured)}, {Told.Count(measured.N)} rows. ";
        string[] heads = [kind is RateKind.Roc ? "false positive rate" : "recall", .. lines.Select(line => "#" + line.Name)];
        var table = Markup.Table(curve.Title, heads, curve.Places.Select(at => Markup.Row(heads, Figures.Percent(at), [.. lines.Select(line => Figures.Percent(RateCurve.At(line.Points, at)))])));
        return Figure(curve.Title, Legend(lines) + curve.Draw(), caption + curve.Description(), table);
    }

    static string Reliability(string id, ClassCurves part)
    {
        if (part.Curves.Reliability.Count == 0)
            return "";
        var diagram = new ReliabilityDiagram(id, part.Curves.Reliability);
        var table = Markup.Table("Reliability", ReliabilityHeads, diagram.Drawn.Select((bin, nth) =>
        {
            var (low, high) = ReliabilityDiagram.Bounds(bin);
            return Markup.Row(ReliabilityHeads, $"{nth + 1}", [Figures.Of(bin.Mean, 0.01), $"{Figures.Of(bin.Share, high - low)} [{Figures.Of(low, high - low)}, {Figures.Of(high, high - low)}]", Figures.Count(bin.N)]);
        }));
        return Figure("Reliability" + Of(part), diagram.Draw(), $"{diagram.Description()} Bars: {Figures.Percent(ReliabilityDiagram.Level)} Wilson of each bin; dashed below {ReliabilityDiagram.FewRows} rows.", table);
    }

    static string Scores(string id, ClassCurves part)
    {
        if (part.Curves.Scores.Count == 0)
            return "";
        var lanes = new ScoreLanes(id, part.Curves.Scores);
        return Figure("Scores by class" + Of(part), lanes.Draw(), lanes.Description(), Markup.Table("Scores by class", ScoreHeads, part.Curves.Scores.Select(bin => Markup.Row(ScoreHeads, Histogram.Range(bin), [Told.Count(bin.Positive), Figures.Count(bin.N)]))));
    }

    static string Residuals(string id, IReadOnlyList<HistogramBin> bins)
    {
        if (bins.Count == 0)
            return "";
        var histogram = new Histogram(id, "Residuals", bins) { Axis = "prediction − truth" };
        return Figure("Residuals", histogram.Draw(), histogram.Description(), Markup.Table("Residuals", ResidualHeads, bins.Select(bin => Markup.Row(ResidualHeads, Histogram.Range(bin), [Figures.Count(bin.N)]))));
    }

    static string Figure(string title, string picture, string caption, string table) =>
        $"""<figure class="card"><h4>{Markup.Text(title)}</h4>{picture}<figcaption class="m s">{Markup.Text(caption)}</figcaption>{Markup.Details("As a table", table)}</figure>""";

    static string Legend(Series[] lines) => lines.Length < 2 ? ""
        : $"""<p class="lg">{string.Concat(lines.Take(RateCurve.MostLines).Select((line, nth) => $"<span><svg aria-hidden=\"true\"><line class=\"ln {LineChart.Colour(nth)}\" x1=\"0\" x2=\"26\" y1=\"5\" y2=\"5\"/></svg> {Markup.Text(line.Name)}</span>"))}</p>""";

    static string Of(ClassCurves part) => part.Class.Length == 0 ? "" : $", class {part.Class}";

    /// <summary>The share of positive rows, as the histogram of scores counts them; null without one.</summary>
    static double? Positive(Curves curves)
    {
        var rows = curves.Scores.Sum(bin => bin.N);
        return rows == 0 || curves.Scores.Any(bin => bin.Positive is null) ? null : curves.Scores.Sum(bin => bin.Positive!.Value) / (double)rows;
    }
}
