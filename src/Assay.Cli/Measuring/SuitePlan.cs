using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Evaluation.Suites;

namespace Assay.Cli.Measuring;

/// <summary>What a suite would measure, for people and as JSON.</summary>
internal static class SuitePlan
{
    /// <summary>The suite as one object.</summary>
    public static JsonObject ToJson(Suite suite)
    {
        var json = new JsonObject { ["name"] = suite.Head.Name, ["model"] = suite.Head.Model, ["digest"] = suite.Head.Digest.ToString() };
        foreach (var (key, value) in Facts(suite))
            json[key] = JsonValue.Create(value);
        if (suite is InvariantSuite invariants)
            json["cases"] = new JsonArray([.. invariants.Cases.Select(c => new JsonObject
            {
                ["name"] = c.Name, ["skip"] = c.Skip, ["questions"] = c.Questions.Count, ["expect"] = new JsonArray([.. c.Expectations.Select(e => JsonValue.Create(e.Kind))]),
            })]);
        return json;
    }

    /// <summary>The suite as lines.</summary>
    public static void Print(Output output, Suite suite)
    {
        List<IReadOnlyList<string>> lines = [["suite", suite.Head.Name], ["model", suite.Head.Model ?? "any"], ["digest", suite.Head.Digest.ToString()]];
        lines.AddRange(Facts(suite).Select(f => (IReadOnlyList<string>)[f.Key, f.Value]));
        output.Line(Words.Columns(lines));
        if (suite is not InvariantSuite invariants)
            return;
        output.Line(Words.Columns([["case", "asks", "expects"], .. invariants.Cases.Select(c => (IReadOnlyList<string>)
            [c.Name, c.Skip is null ? c.Questions.Count.ToString(CultureInfo.InvariantCulture) : "-", c.Skip is { } skip ? $"skipped: {skip}" : string.Join(", ", c.Expectations.Select(e => e.Kind))])]));
    }

    static IEnumerable<(string Key, string Value)> Facts(Suite suite) => suite switch
    {
        InvariantSuite invariants => [("kind", "InvariantSuite"), ("severity", invariants.Warns ? "warn" : "block"), ("reviewed", invariants.Reviewed ? "yes" : "not yet")],
        EvaluationSuite evaluation => Facts(evaluation),
        _ => [],
    };

    static IEnumerable<(string, string)> Facts(EvaluationSuite suite)
    {
        yield return ("kind", "EvaluationSuite");
        yield return ("task", suite.Task.ToString().ToLowerInvariant());
        yield return ("data", suite.Data.Uri);
        if (suite.Metrics.Count > 0)
            yield return ("metrics", string.Join(", ", suite.Metrics.Select(m => m.Name)));
        yield return ("intervals", string.Create(CultureInfo.InvariantCulture, $"level {suite.Level}, {suite.Replicates} bootstraps"));
        string[] besides = [.. suite.Slices is null ? [] : new[] { "slices" }, .. suite.Tail is null ? [] : new[] { "tail" }, .. suite.Train is null ? [] : new[] { "train" },
            .. suite.Parity is null ? [] : new[] { "parity" }, .. suite.Judgements is null ? [] : new[] { "judgements" }];
        if (besides.Length > 0)
            yield return ("besides", string.Join(", ", besides));
        foreach (var path in suite.Invariants)
            yield return ("invariants", Path.GetRelativePath(suite.Head.Folder, path));
    }
}
