using System.Globalization;
using Assay.Contracts;

namespace Assay.Plots.Reports;

/// <summary>The pieces of which a report's sections are made: text that is safe, marks, digests, frames of tables.</summary>
internal static class Markup
{
    /// <summary>The shapes of the marks, each once for the page; a mark is shape, word and colour.</summary>
    public const string Sprite = """<svg class="sprite" aria-hidden="true"><symbol id="i-ok" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0Zm4.200 5.200-1.200-1.200L6.800 8.600 5 6.800 3.800 8l3 3Z"/></symbol><symbol id="i-bad" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M4.700 0h6.600L16 4.700v6.600L11.300 16H4.700L0 11.300V4.700Zm.9 4.400L4.400 5.600 6.800 8l-2.400 2.400 1.200 1.200L8 9.200l2.400 2.400 1.200-1.200L9.200 8l2.400-2.400-1.200-1.200L8 6.800Z"/></symbol><symbol id="i-warn" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 .8 16 15H0ZM7.100 5.600l.2 4.600h1.400l.2-4.600Zm0 5.800v1.800h1.800v-1.800Z"/></symbol><symbol id="i-info" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.800a5.200 5.200 0 1 0 0 10.400A5.200 5.200 0 0 0 8 2.800Z"/></symbol><symbol id="i-none" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2.600c1.700 0 2.900 1 2.900 2.500 0 1.200-.7 1.700-1.300 2.200-.6.4-.8.6-.8 1.200H7.200c0-1.300.6-1.800 1.200-2.300.5-.4.8-.6.8-1.100s-.4-.9-1.200-.9-1.300.4-1.300 1.200H5C5 4.600 6.200 3.600 8 3.600ZM7.100 10.600h1.800v1.800H7.100Z"/></symbol></svg>""";

    /// <summary>Text as it may stand between tags and in attributes.</summary>
    public static string Text(string? text) => Svg.Escape(text ?? "");

    /// <summary>A mark: shape, word and colour.</summary>
    public static string Chip(Tone tone, string word) =>
        $"""<span class="st chip {tone.Css()}"><svg class="i" aria-hidden="true"><use href="#i-{(tone is Tone.Ok or Tone.Bad or Tone.Warn or Tone.Info ? tone.Css() : "none")}"/></svg>{Text(word)}</span>""";

    /// <summary>A digest: twelve figures, or all; in print always all.</summary>
    public static string Mark(Digest digest, bool full = false) =>
        $"""<span class="dg">{Hallmark.Draw(digest.Hex)}<data value="{digest}"{(full ? " class=\"full\"" : "")}>{(full ? digest.ToString() : digest.Short)}</data></span>""";

    /// <summary>A moment, in UTC.</summary>
    public static string Time(DateTimeOffset at) =>
        $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}">{at.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)} UTC</time>""";

    /// <summary>A command to copy.</summary>
    public static string Command(string line) => $"""<div class="cmd"><code>{Text(line)}</code></div>""";

    /// <summary>A table in a frame of its own, which scrolls where it is too wide.</summary>
    /// <param name="label">What it holds, for those who do not see it.</param>
    /// <param name="heads">The column heads: text, with <c>#</c> before what is a number.</param>
    /// <param name="rows">The rows, made by <see cref="Row"/>.</param>
    /// <param name="css">A class, or none.</param>
    public static string Table(string label, IReadOnlyList<string> heads, IEnumerable<string> rows, string css = "") =>
        $"""<div class="tw" tabindex="0" role="group" aria-label="{Text(label)}"><table{(css.Length == 0 ? "" : $" class=\"{css}\"")}><thead><tr>{string.Concat(heads.Select(Head))}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>""";

    /// <summary>A row: its name, then cells that are markup already. <c>#</c> before a head means a number.</summary>
    public static string Row(IReadOnlyList<string> heads, string name, params IReadOnlyList<string> cells) =>
        $"""<tr><th scope="row">{name}</th>{string.Concat(cells.Select((cell, nth) => Cell(heads[nth + 1], cell)))}</tr>""";

    /// <summary>A table that only who asks sees; in print it is open.</summary>
    public static string Details(string summary, string inside) => $"<details><summary>{Text(summary)}</summary>{inside}</details>";

    static string Head(string head) => $"""<th scope="col"{(head.StartsWith('#') ? " class=\"n\"" : "")}>{Text(head.TrimStart('#'))}</th>""";

    static string Cell(string head, string cell) => $"""<td{(head.StartsWith('#') ? " class=\"n\"" : "")}{(head.Length > 0 ? $" data-l=\"{Text(head.TrimStart('#'))}\"" : "")}>{cell}</td>""";
}
