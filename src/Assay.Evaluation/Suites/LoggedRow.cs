using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Suites;

/// <summary>
/// <c>from_log: {uri, request_id, digest}</c>: the input of one request in a log of predictions, one JSON object a line with <c>request_id</c> and
/// <c>input</c> (a body of <c>/invocations</c>). The digest is that of the input's canonical JSON: the log may grow, the case stays the same.
/// </summary>
internal static class LoggedRow
{
    const int LongestLine = 16 << 20;

    /// <summary>The input; null after noting what is wrong.</summary>
    public static JsonNode? Read(YamlMap input, string folder)
    {
        if (input.MapOrNull("from_log")?.Only("uri", "request_id", "digest") is not { } map)
            return null;
        string uri = map.Text("uri"), id = map.Text("request_id");
        if (uri.Length == 0 || id.Length == 0)
            return null;
        if (!uri.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
            map.Wrong("uri", $"'{uri}' is no .jsonl file; export the request as a line of JSON with request_id and input");
        else if (FolderPath.Inside(folder, uri) is not { } path)
            map.Wrong("uri", $"'{uri}' does not lie inside the suite's folder; give a relative path without '..'");
        else if (Find(map, path, id) is not { } found)
            return null;
        else if (map.TextOrNull("digest") == CanonicalJson.DigestOf(found).ToString())
            return found;
        else
            map.Wrong("digest", map.Has("digest") ? $"the input of '{id}' is {CanonicalJson.DigestOf(found)}, not what the suite froze"
                : $"freeze the input of '{id}': digest: {CanonicalJson.DigestOf(found)}");
        return null;
    }

    static JsonNode? Find(YamlMap map, string path, string id)
    {
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(path, Encoding.UTF8))
            {
                number++;
                // Most lines of a long log are of others: they are not parsed.
                if (line.Length > LongestLine || !line.Contains(id, StringComparison.Ordinal) || JsonNode.Parse(line) is not JsonObject row || row["request_id"]?.ToString() != id)
                    continue;
                if (row["input"] is JsonObject found)
                    return found.DeepClone();
                map.Wrong("request_id", $"the request '{id}' in line {number} has no input, an object such as {{\"dataframe_split\": …}}");
                return null;
            }
            map.Wrong("request_id", $"the log has no request '{id}'");
        }
        catch (JsonException)
        {
            map.Wrong("uri", $"line {number} is no JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            map.Wrong("uri", $"it cannot be read: {e.Message}");
        }
        return null;
    }
}
