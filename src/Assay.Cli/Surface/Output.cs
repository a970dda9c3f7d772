using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Cli.Surface;

/// <summary>Where answers go: text for people, or exactly one JSON document on standard output; notes on standard error.</summary>
internal sealed class Output(TextWriter answer, TextWriter notes, bool json, bool quiet)
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    bool written;

    /// <summary>Was one JSON document asked for?</summary>
    public bool Json => json;

    /// <summary>Standard output, for writers of text of their own. Nothing of it may be written when JSON was asked for.</summary>
    public TextWriter Text => json ? TextWriter.Null : answer;

    /// <summary>Is standard output a terminal?</summary>
    public static bool IsTerminal => !Console.IsOutputRedirected;

    /// <summary>One line of the answer for people.</summary>
    public void Line(string text = "") => Text.WriteLine(text);

    /// <summary>Something beside the answer: progress, what was pinned, what to do next.</summary>
    public void Note(string text)
    {
        if (!quiet)
            notes.WriteLine(text);
    }

    /// <summary>What went wrong; said even when quiet.</summary>
    public void Problem(string text) => notes.WriteLine(text);

    /// <summary>The one JSON document; nothing when text was asked for.</summary>
    public void Document(JsonNode? document)
    {
        if (!json || written)
            return;
        written = true;
        answer.WriteLine(document?.ToJsonString(Indented) ?? "null");
    }

    /// <summary>A refusal, for people on standard error and as the JSON document when one was asked for.</summary>
    public void Refusal(Refusal refusal, JsonObject? body = null)
    {
        Problem(refusal.Message);
        foreach (var gap in refusal.Gaps)
            Problem($"  {gap.Item}: wanted {gap.Wanted}, found {gap.Found}. {gap.Mend}");
        if (refusal.Mend is { } mend)
            Problem(mend);
        Document(body ?? new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message, ["mend"] = refusal.Mend, ["field"] = refusal.Field });
    }
}
