using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Mlflow;

/// <summary>Where arguments stand: parts of the path first, then the query string, or else the JSON body, whose names may have either case style.</summary>
readonly struct ArgumentSource(JsonElement json, IQueryCollection? query = null, RouteValueDictionary? route = null)
{
    /// <summary>The body, or the part of it that these are.</summary>
    public JsonElement Json => json;

    /// <summary>The value of the path or the query.</summary>
    public string? Given(string name)
    {
        if (route is not null && route.TryGetValue(name, out var part) && part is string text)
            return text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return query is not null && query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;
    }

    /// <summary>All values of a repeated query key; null when it is not there.</summary>
    public IReadOnlyList<string>? Repeated(string name) => query is not null && query.TryGetValue(name, out var values) ? [.. values.Where(v => v is not null)!] : null;

    /// <summary>The value in the body; null counts as absent.</summary>
    public bool Find(string name, out JsonElement value) =>
        (json.TryGetProperty(name, out value) || FindCamel(name, out value)) && value.ValueKind is not JsonValueKind.Null;

    /// <summary>protobuf's other spelling: runId for run_id.</summary>
    bool FindCamel(string name, out JsonElement value)
    {
        value = default;
        if (!name.Contains('_', StringComparison.Ordinal))
            return false;
        Span<char> camel = stackalloc char[name.Length];
        var length = 0;
        for (var i = 0; i < name.Length; i++)
            camel[length++] = name[i] == '_' && i + 1 < name.Length ? char.ToUpperInvariant(name[++i]) : name[i];
        return json.TryGetProperty(camel[..length], out value);
    }
}
