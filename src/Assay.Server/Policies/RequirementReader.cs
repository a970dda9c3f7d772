using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Policies;

/// <summary>Reads one item of <c>require</c>.</summary>
static class RequirementReader
{
    public static Requirement Read(YamlMap map)
    {
        map.Only("evidence", "role", "data", "suite", "max_age", "min_rows", "from", "rules", "when");
        if (map.Has("when"))
            map.Wrong("when", "conditions ('when') are not judged by this version; write rules with thresholds");
        var kind = map.OneOf("evidence", [.. Statement.Kinds]);
        var data = map.MapOrNull("data")?.Only("role", "digest");
        var role = data?.TextOrNull("role") ?? map.TextOrNull("role");
        if (data?.TextOrNull("role") is { } one && map.TextOrNull("role") is { } other && one != other)
            map.Wrong("role", $"role is '{other}', but data.role is '{one}'; give one of them");
        List<Rule> rules = [.. map.Maps("rules").SelectMany(rule => RuleReader.Read(rule, kind))];
        if (rules.Count == 0 && !map.Has("rules"))
            rules.Add(RuleReader.Default(kind));
        return new(kind, role, DataDigest(data), map.TextOrNull("suite"), map.Duration("max_age"), map.Whole("min_rows", 1), From(map), rules);
    }

    static Digest? DataDigest(YamlMap? data)
    {
        if (data?.TextOrNull("digest") is not { } text)
            return null;
        if (Digest.TryParse(text, out var digest))
            return digest;
        data.Wrong("digest", $"data.digest is '{text}'; wanted sha256: and 64 lower-case hex digits");
        return null;
    }

    /// <summary><c>role:evaluator</c>, or a principal such as <c>workload:fraud-evaluation</c> or <c>local</c>.</summary>
    static IReadOnlyList<string> From(YamlMap map)
    {
        var from = map.Texts("from");
        foreach (var wrong in from.Where(f => f != "local" && !f.Contains(':', StringComparison.Ordinal)))
            map.Wrong("from", $"'{wrong}' names nobody; wanted role:ROLE, or a principal such as workload:NAME");
        return from;
    }
}
