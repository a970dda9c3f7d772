using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Server.Access.Exchange;

/// <summary>Claims as texts: what rules compare and what is recorded.</summary>
static class ClaimText
{
    /// <summary>
    /// All texts of a claim; nested ones are written with <c>/</c>, such as <c>kubernetes.io/serviceaccount/uid</c>. A list has several, numbers and truths
    /// are their JSON text; objects and null have none.
    /// </summary>
    public static IReadOnlyList<string> All(JsonObject claims, string name)
    {
        if (claims.TryGetPropertyValue(name, out var whole))
            return Texts(whole);
        // A part of a path may itself hold '/': the shortest that is there and leads on is taken.
        for (var at = name.IndexOf('/', StringComparison.Ordinal); at > 0; at = name.IndexOf('/', at + 1))
            if (claims[name[..at]] is JsonObject inner && All(inner, name[(at + 1)..]) is { Count: > 0 } found)
                return found;
        return [];
    }

    /// <summary>The only text of a claim; null when it has none or several.</summary>
    public static string? One(JsonObject claims, string name) => All(claims, name) is [var only] ? only : null;

    static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.Where(e => e is JsonValue).SelectMany(Texts)],
        JsonValue value => [value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()],
        _ => [],
    };
}
