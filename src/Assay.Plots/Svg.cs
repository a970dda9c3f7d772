using System.Globalization;
using System.Net;
using System.Text;

namespace Assay.Plots;

/// <summary>Writes one plot. Horizontal places are shares of the width (fluid without script), vertical ones pixels.</summary>
internal sealed class Svg
{
    readonly StringBuilder text = new(1024);

    /// <summary>A plot with a description of its own; the id must be unique on the page.</summary>
    public Svg(int height, string id, string title, string description)
    {
        var safe = Id(id);
        text.Append(CultureInfo.InvariantCulture, $"""<svg class="plot" height="{height}" role="img" aria-labelledby="{safe}-t {safe}-d"><title id="{safe}-t">{Escape(title)}</title><desc id="{safe}-d">{Escape(description)}</desc>""");
    }

    /// <summary>A small plot that one label describes.</summary>
    public Svg(int height, string label) =>
        text.Append(CultureInfo.InvariantCulture, $"""<svg class="plot" height="{height}" role="img" aria-label="{Escape(label)}">""");

    /// <summary>A level line over the whole width.</summary>
    public void Level(string css, double y) => text.Append($"""<line class="{css}" x1="0" x2="100%" y1="{Number(y)}" y2="{Number(y)}"/>""");

    /// <summary>An upright line.</summary>
    public void Upright(string css, double x, double top, double bottom) =>
        text.Append($"""<line class="{css}" x1="{Share(x)}" x2="{Share(x)}" y1="{Number(top)}" y2="{Number(bottom)}"/>""");

    /// <summary>A level piece from one place to another.</summary>
    public void Piece(string css, double from, double to, double y) =>
        text.Append($"""<line class="{css}" x1="{Share(from)}" x2="{Share(to)}" y1="{Number(y)}" y2="{Number(y)}"/>""");

    /// <summary>A dot.</summary>
    public void Dot(string css, double x, double y, double radius = 5) =>
        text.Append($"""<circle class="{css}" cx="{Share(x)}" cy="{Number(y)}" r="{Number(radius)}"/>""");

    /// <summary>A bar.</summary>
    public void Bar(string css, double from, double to, double top, double height) =>
        text.Append($"""<rect class="{css}" x="{Share(from)}" width="{Share(Math.Max(0.002, to - from))}" y="{Number(top)}" height="{Number(height)}" rx="2"/>""");

    /// <summary>A word. Anchored so that it never leaves the picture.</summary>
    public void Word(double x, double y, string word, string? css = null, int shift = 0, string anchor = "start") =>
        text.Append($"""<text{(css is null ? "" : $" class=\"{css}\"")} x="{Share(x)}"{(shift == 0 ? "" : $" dx=\"{shift}\"")} y="{Number(y)}"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}>{Escape(word)}</text>""");

    /// <summary>Text that is already SVG.</summary>
    public void Raw(string svg) => text.Append(svg);

    /// <summary>The finished plot.</summary>
    public string Done() => text.Append("</svg>").ToString();

    internal static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    internal static string Share(double share) => Math.Round(share * 100, 2).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>Makes any text fit between tags and in attributes; what XML cannot hold at all becomes U+FFFD.</summary>
    internal static string Escape(string word)
    {
        var clean = string.Create(word.Length, word, static (to, from) =>
        {
            for (var at = 0; at < from.Length; at++)
                to[at] = Allowed(from, at) ? from[at] : '\ufffd';
        });
        return WebUtility.HtmlEncode(clean);
    }

    static bool Allowed(string text, int at) => text[at] switch
    {
        '\t' or '\n' or '\r' => true,
        < ' ' or '\ufffe' or '\uffff' => false,
        var high when char.IsHighSurrogate(high) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        var low when char.IsLowSurrogate(low) => at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };

    internal static string Id(string id) => string.Concat(id.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
}
