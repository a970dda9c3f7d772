using System.Globalization;
using System.Net;
using System.Text;
using Assay.Plots;

namespace Assay.Evaluation.Reports;

/// <summary>One page that needs no other file and no script.</summary>
internal static class HtmlReport
{
    const string Style = """
        :root{color-scheme:light dark;--line:#8887;--pass:#1a7f4b;--fail:#b3261e;--err:#8a5a00;--info:#2a5db0}
        @media(prefers-color-scheme:dark){:root{--pass:#5fd39a;--fail:#ff8a80;--err:#ffc46b;--info:#8ab4ff}}
        body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
        td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.bar{width:14rem}
        .passed{color:var(--pass)}.failed{color:var(--fail)}.error{color:var(--err)}
        svg.plot{width:100%;display:block}svg .ax{stroke:var(--line)}svg .ci{stroke:var(--info);stroke-width:4}svg .pt{fill:var(--info)}svg .ref{stroke:currentColor;stroke-dasharray:2 3}
        """;

    public static string Of(EvaluationOutcome outcome, string title)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Evaluation of {Text(title)}</title><style>{Style}</style></head>\n<body>\n<h1>Evaluation of {Text(title)}</h1>\n<p>{Summary(outcome)}</p>\n");
        foreach (var message in outcome.Messages)
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(message)}</p>\n");
        foreach (var suite in outcome.Rows.GroupBy(r => r.Suite, StringComparer.Ordinal))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(suite.Key)}</h2>\n<table><thead><tr><th>Name</th><th>Result</th><th>Value</th><th>Interval</th><th></th><th>Rows</th><th></th></tr></thead><tbody>\n");
            foreach (var row in suite)
                html.Append(Row(row));
            html.Append("</tbody></table>\n");
        }
        return html.Append("</body></html>\n").ToString();
    }

    static string Summary(EvaluationOutcome outcome)
    {
        int Count(OutcomeState state) => outcome.Rows.Count(r => r.State == state);
        return $"{Count(OutcomeState.Measured)} measured, {Count(OutcomeState.Passed)} passed, {Count(OutcomeState.Failed)} failed, {Count(OutcomeState.Error)} not measurable, {Count(OutcomeState.Skipped)} skipped. Evidence measures; a policy judges it.";
    }

    static string Row(OutcomeRow row)
    {
        var state = row.State.ToString().ToLowerInvariant();
        var bar = row is { State: OutcomeState.Measured, Value: { } value, Low: not null, High: not null } ? new IntervalBar(value, row.Low, row.High) { Champion = row.Baseline }.Draw(row.Name) : "";
        var interval = row.Low is null && row.High is null ? "" : $"{Number(row.Low)} to {Number(row.High)}";
        var note = row.Baseline is null ? Text(row.Text ?? "") : $"{Text(row.Text ?? "")}; other version {Number(row.Baseline)}, difference {Number(row.Delta)}";
        return $"<tr><td>{Text(row.Name)}</td><td class=\"{state}\">{state}</td><td class=\"n\">{Number(row.Value)}</td><td class=\"n\">{interval}</td><td class=\"bar\">{bar}</td><td class=\"n\">{row.N?.ToString("N0", CultureInfo.InvariantCulture)}</td><td>{note}</td></tr>\n";
    }

    static string Number(double? value) => value is { } number ? number.ToString("G5", CultureInfo.InvariantCulture) : "";

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
