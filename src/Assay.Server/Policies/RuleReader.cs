using System.Globalization;
using Assay.Contracts.Documents;
using Assay.Server.Policies.Rules;

namespace Assay.Server.Policies;

/// <summary>Reads one item of <c>rules</c>: each word of the list of rules in it (<c>at_least</c>, <c>all</c> …) is a rule.</summary>
static class RuleReader
{
    static readonly string[] Known = ["metric", "class", "average", "threshold", "level", "every_slice", "against", "severity", "until", "when"];

    public static IEnumerable<Rule> Read(YamlMap map, string evidence)
    {
        map.Only([.. RuleKinds.All.Select(k => k.Word), .. Known]);
        if (map.Has("when"))
            map.Wrong("when", "conditions ('when') are not judged by this version; write a threshold");
        var severity = map.Has("severity") && map.OneOf("severity", "block", "warn") == "warn" ? Severity.Warn : Severity.Block;
        var until = Until(map, severity);
        var metric = !map.Has("metric") ? null
            : new MetricChoice(map.Text("metric"), map.TextOrNull("class"), map.TextOrNull("average"), map.Number("threshold"), map.Number("level"));
        var everySlice = map.Truth("every_slice") ?? false;
        if (everySlice && evidence.Length > 0 && evidence != "slices")
            map.Wrong("every_slice", $"evidence '{evidence}' has no slices; require evidence: slices for it");
        if (!everySlice && evidence == "slices")
            map.Wrong("every_slice", "a rule on slices says every_slice: true");
        var kinds = RuleKinds.All.Where(k => map.Has(k.Word)).ToList();
        if (kinds.Count == 0)
            map.Wrong("metric", $"the rule says no limit; wanted one of {string.Join(", ", RuleKinds.All.Select(k => k.Word))}");
        foreach (var kind in kinds)
            yield return kind.Read(map, new(kind.Word, metric, null, everySlice, severity, until), evidence);
    }

    /// <summary>What a requirement without rules means: invariants must all hold, anything else must have been measured.</summary>
    public static Rule Default(string evidence) => evidence == "invariants"
        ? new(AllPassed.Kind.Word, null, null, false, Severity.Block, null) { Name = "invariants all passed" }
        : new(Measured.Kind.Word, null, null, false, Severity.Block, null) { Name = $"{evidence} measured" };

    static DateOnly? Until(YamlMap map, Severity severity)
    {
        if (map.TextOrNull("until") is not { } text)
            return null;
        if (severity is not Severity.Warn)
            map.Wrong("until", "until says how long a rule only warns; give severity: warn with it");
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        map.Wrong("until", $"until is '{text}'; wanted a day such as 2027-01-31");
        return null;
    }
}
