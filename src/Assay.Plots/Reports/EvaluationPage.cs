using Assay.Contracts.Evidence;

namespace Assay.Plots.Reports;

/// <summary>
/// A report for people, made from evidence and nothing else: one document with its style and pictures inside, no script and no address outside.
/// A pure function: the same evidence gives the same text, in a file and in the version's page.
/// </summary>
public static class EvaluationPage
{
    /// <summary>The style sheet of the document, as it stands in its head: who serves it can allow these very bytes and nothing else.</summary>
    public static string Style { get; } = Sheet();

    /// <summary>The whole document.</summary>
    /// <param name="head">Which version it is about.</param>
    /// <param name="pieces">The evidence; of each kind and suite one.</param>
    public static string Of(ReportHead head, IReadOnlyList<ReportPiece> pieces)
    {
        KindWords[] kinds = [.. KindWords.Usual, .. pieces.Select(piece => KindWords.Of(piece.Evaluation.Kind)).Where(words => words.How.Length == 0).DistinctBy(words => words.Kind)];
        IReadOnlyList<ReportPiece> Those(KindWords words) => [.. pieces.Where(piece => piece.Evaluation.Kind == words.Kind)];
        ReportPiece? Before(KindWords words) => kinds.TakeWhile(other => other != words).SelectMany(Those).LastOrDefault();
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Evaluation of {Markup.Text(head.Title)}</title><style>{Style}</style></head>
            <body>{Markup.Sprite}<main>
            {Top(head)}
            {Glance.Of(pieces)}
            {string.Join("\n", kinds.Select(words => Section(head, words, Those(words), Before(words))))}
            </main><footer class="foot"><p>Made by Assay from evidence and nothing else. Dot: measured. Bar: where the truth probably lies. Dashed and grey: too few rows to tell.{(head.LeftOut > 0 ? $" {head.LeftOut} withdrawn or unreadable {(head.LeftOut == 1 ? "piece was" : "pieces were")} left out." : "")}</p></footer></body></html>

            """;
    }

    static string Top(ReportHead head) =>
        $"""<header class="head">{(head.Back is { } back ? $"<p class=\"crumb\"><a href=\"{Markup.Text(back)}\">{Markup.Text(head.Title)}</a></p>" : "")}<h1>Evaluation of {Markup.Text(head.Title)}</h1>{(head.Digest is { } digest ? $"<p>{Markup.Mark(digest, full: true)}</p>" : "")}</header>""";

    static string Section(ReportHead head, KindWords words, IReadOnlyList<ReportPiece> pieces, ReportPiece? before)
    {
        var id = Svg.Id(words.Kind);
        var inside = pieces.Count == 0
            ? $"""<div class="card none">{Markup.Chip(Tone.None, "not measured")}<p>{Markup.Text(words.How)} Then:</p>{Markup.Command($"assay evaluate {head.Spoken} --suite FILE")}</div>"""
            : string.Concat(pieces.Select((piece, nth) => Card(piece, $"{id}-{nth}", nth == 0 ? before : pieces[nth - 1])));
        return $"""<section class="stack" id="{id}" aria-labelledby="h-{id}"><h2 id="h-{id}">{Markup.Text(words.Title)}{(words.Question.Length > 0 ? $" <small>{Markup.Text(words.Question)}</small>" : "")}</h2>{inside}</section>""";
    }

    static string Card(ReportPiece piece, string id, ReportPiece? before)
    {
        var evaluation = piece.Evaluation;
        var inside = evaluation.Kind switch
        {
            "heldout" => MetricTable.Of("Held-out metrics", evaluation.Metrics) + CurveFigures.Of(evaluation, id),
            "slices" => SliceTables.Of(evaluation),
            "tail" => OtherSections.Tail(evaluation),
            "skew" => OtherSections.Skew(evaluation),
            "invariants" => ProbeTable.Of(evaluation),
            _ => MetricTable.Of(evaluation.Kind, evaluation.Metrics),
        };
        return $"""<div class="card"><h3>{Markup.Text(evaluation.Suite?.Name ?? evaluation.Kind)} <small>{Markup.Text(Glance.Result(evaluation))}</small></h3>{Facts(piece, before)}{inside}</div>""";
    }

    /// <summary>On what, by what and against what: a number without these is hearsay. What the piece before has said already is not said again.</summary>
    static string Facts(ReportPiece piece, ReportPiece? before)
    {
        var (all, said) = (Facts(piece), before is null ? [] : Facts(before));
        var facts = all.Except(said).ToArray();
        var same = all.Intersect(said).Select(fact => fact.Name.ToLowerInvariant()).ToArray();
        return (facts.Length == 0 ? "" : $"""<dl class="kv">{string.Concat(facts.Select(fact => $"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>""") + (same.Length == 0 ? "" : $"""<p class="m s">As above: {string.Join(", ", same)}.</p>""");
    }

    static List<(string Name, string Value)> Facts(ReportPiece piece)
    {
        var evaluation = piece.Evaluation;
        List<(string Name, string Value)> facts = [];
        if (evaluation.Dataset is { } data)
        {
            facts.Add(("Data", $"{Markup.Text(data.Uri ?? "–")}{(data.Role is { } role ? $", {Markup.Text(role)}" : "")}{(data.Rows is { } rows ? $", {Figures.Count(rows)} rows" : "")}{(data.Digest is { } content ? " " + Markup.Mark(content) : "")}"));
            if (data.RowsDigest is { } fingerprint)
                facts.Add(("Set of rows", Markup.Mark(fingerprint)));
        }
        if (evaluation.Suite is { Digest: { } suite })
            facts.Add(("Suite", $"{Markup.Text(evaluation.Suite.Name)} {Markup.Mark(suite)}"));
        if (evaluation.Baseline is { } other)
            facts.Add(("Compared with", $"{Markup.Mark(other)}, on the same rows"));
        if (piece.By is { } by)
            facts.Add(("Measured by", Markup.Text(by) + (piece.At is { } at ? ", " + Markup.Time(at) : "")));
        if (evaluation.Runner is { } runner)
            facts.Add(("Asked through", Markup.Text(runner)));
        if (evaluation.EvaluatorCode is { } code)
            facts.Add(("Code", $"<code>{Markup.Text(code)}</code>"));
        if (piece.Id is { } id)
            facts.Add(("Evidence", Markup.Mark(id)));
        return facts;
    }

    static string Sheet()
    {
        using var stream = typeof(EvaluationPage).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
