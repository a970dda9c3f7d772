using System.Text.Json.Nodes;

namespace Assay.Server.Policies;

/// <summary>One difference between two JSON values: a path such as <c>require[0].rules[1].limit</c>, and what stood and stands there.</summary>
public sealed record JsonChange(string Path, JsonNode? Before, JsonNode? After);

/// <summary>What changed between two documents, leaf by leaf.</summary>
static class JsonDiff
{
    public static List<JsonChange> Of(JsonNode? before, JsonNode? after)
    {
        List<JsonChange> changes = [];
        Compare("", before, after, changes);
        return changes;
    }

    static void Compare(string path, JsonNode? before, JsonNode? after, List<JsonChange> changes)
    {
        switch (before, after)
        {
            case (JsonObject was, JsonObject now):
                foreach (var key in was.Select(p => p.Key).Union(now.Select(p => p.Key)))
                    Compare(path.Length == 0 ? key : $"{path}.{key}", was[key], now[key], changes);
                break;
            case (JsonArray was, JsonArray now):
                for (var i = 0; i < Math.Max(was.Count, now.Count); i++)
                    Compare($"{path}[{i}]", i < was.Count ? was[i] : null, i < now.Count ? now[i] : null, changes);
                break;
            default:
                if (!JsonNode.DeepEquals(before, after))
                    changes.Add(new(path, before?.DeepClone(), after?.DeepClone()));
                break;
        }
    }
}
