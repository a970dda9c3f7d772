using System.Net;
using System.Text.Json;
using Assay.Contracts;

namespace Assay.Client;

/// <summary>An error answer of MLflow's wire as an exception; a body that is no JSON (a proxy's page) is named by its status.</summary>
static class ErrorBody
{
    const int LongestText = 300;

    public static MlflowException Read(HttpStatusCode status, string call, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            if (root.ValueKind == JsonValueKind.Object)
                return new(Text(root, "error_code") ?? CodeOf(status), Text(root, "message") ?? $"{call} answered {(int)status}.", status, Gaps(root));
        }
        catch (JsonException)
        {
            // Not MLflow's form: what follows shows the start of the text.
        }
        var text = System.Text.Encoding.UTF8.GetString(body).Trim();
        var start = text.Length > LongestText ? text[..LongestText] + "…" : text;
        return new(CodeOf(status), $"{call} answered {(int)status}{(start.Length > 0 ? ": " + start : " without a reason")}", status);
    }

    static IReadOnlyList<Gap> Gaps(JsonElement root) =>
        root.TryGetProperty("gaps", out var gaps) && gaps.ValueKind == JsonValueKind.Array
            ? [.. from gap in gaps.EnumerateArray()
                  where gap.ValueKind == JsonValueKind.Object
                  select new Gap(Text(gap, "item") ?? "", Text(gap, "wanted") ?? "", Text(gap, "found") ?? "", Text(gap, "mend") ?? "")]
            : [];

    static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string CodeOf(HttpStatusCode status) => (int)status switch
    {
        400 => "BAD_REQUEST",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "ENDPOINT_NOT_FOUND",
        409 => "RESOURCE_CONFLICT",
        429 => "REQUEST_LIMIT_EXCEEDED",
        501 => "NOT_IMPLEMENTED",
        503 => "TEMPORARILY_UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    };
}
