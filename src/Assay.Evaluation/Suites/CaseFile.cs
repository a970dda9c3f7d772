using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Suites;

/// <summary>JSON files beside a suite, which must lie inside its folder.</summary>
internal static class CaseFile
{
    const long Largest = 64 << 20;

    /// <summary>The file's JSON; null after noting what is wrong with it.</summary>
    public static JsonNode? Read(YamlMap map, string key, string name, string folder)
    {
        if (FolderPath.Inside(folder, name) is not { } path)
        {
            map.Wrong(key, $"'{name}' does not lie inside the suite's folder; give a relative path without '..'");
            return null;
        }
        try
        {
            if (new FileInfo(path).Length > Largest)
                map.Wrong(key, $"'{name}' is larger than 64 MiB");
            else if (JsonNode.Parse(File.ReadAllBytes(path)) is { } json)
                return json;
            else
                map.Wrong(key, $"'{name}' holds nothing but null");
        }
        catch (JsonException e)
        {
            map.Wrong(key, $"'{name}' is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            map.Wrong(key, $"'{name}' cannot be read: {e.Message}");
        }
        return null;
    }
}
