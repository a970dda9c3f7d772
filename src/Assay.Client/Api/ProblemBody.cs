using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Client.Api;

/// <summary>From an error answer (RFC 9457 with <c>code</c>, <c>field</c>, <c>mend</c>, <c>gaps</c>) to a refusal.</summary>
static class ProblemBody
{
    const int LongestText = 300;

    public static ApiRefusalException Read(HttpStatusCode status, string call, byte[] bytes)
    {
        if (Parsed(bytes) is not { } body)
        {
            var text = System.Text.Encoding.UTF8.GetString(bytes).Trim();
            var refusal = new Refusal(KindOf(status), "unexpected-answer", $"{call} answered {(int)status}{(text.Length == 0 ? "" : ": " + text[..Math.Min(text.Length, LongestText)])}",
                "Check that the address is an Assay server of this version.");
            return new(refusal, new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message, ["mend"] = refusal.Mend, ["status"] = (int)status });
        }
        return new(new(KindOf(status), Text(body, "code") ?? "refused", Text(body, "title") ?? $"{call} answered {(int)status}", Text(body, "mend"), Text(body, "field"))
        {
            Gaps = [.. (body["gaps"] as JsonArray ?? []).OfType<JsonObject>().Select(GapOf)],
        }, body);
    }

    /// <summary>One gap of a refusal or of an answer.</summary>
    public static Gap GapOf(JsonObject gap) => new(Text(gap, "item") ?? "", Text(gap, "wanted") ?? "", Text(gap, "found") ?? "", Text(gap, "mend") ?? "");

    static JsonObject? Parsed(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonObject of, string name) => of[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    static RefusalKind KindOf(HttpStatusCode status) => (int)status switch
    {
        401 or 403 => RefusalKind.Forbidden,
        404 => RefusalKind.NotFound,
        409 => RefusalKind.Conflict,
        501 => RefusalKind.NotImplemented,
        >= 500 => RefusalKind.Unavailable,
        _ => RefusalKind.Invalid,
    };
}
