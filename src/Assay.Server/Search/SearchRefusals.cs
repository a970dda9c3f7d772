using Assay.Contracts;

namespace Assay.Server.Search;

/// <summary>What is wrong with a filter or an order, with its place.</summary>
public static class SearchRefusals
{
    const int Window = 60;

    internal static Refusal Filter(SearchText text, int at, string what, string mend) => new(RefusalKind.Invalid, "bad-filter", $"Invalid filter at character {at + 1}: {what}{Shown(text.Whole, at)}", mend, "filter");

    internal static Refusal Order(SearchText text, int at, string what, string mend) => new(RefusalKind.Invalid, "bad-order", $"Invalid order_by clause at character {at + 1}: {what}{Shown(text.Whole, at)}", mend, "order_by");

    public static Refusal PageToken(string token) => new(RefusalKind.Invalid, "bad-page-token", $"Invalid value \"{(token.Length <= Window ? token : token[..Window] + "…")}\" for parameter 'page_token' supplied: it is no token of this search.",
        "Give the next_page_token of the page before, with the same other arguments, or leave it out.", "page_token");

    /// <summary>The text around the place, and a caret below it.</summary>
    static string Shown(string text, int at)
    {
        var start = Math.Max(0, at - Window / 2);
        var part = new string([.. text.AsSpan(start, Math.Min(Window, text.Length - start)).ToArray().Select(c => char.IsControl(c) ? ' ' : c)]);
        return $"\n  {part}\n  {new string(' ', at - start)}^\n";
    }
}
