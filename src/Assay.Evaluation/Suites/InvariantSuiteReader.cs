using Assay.Contracts.Documents;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Invariants.Expectations;
using Assay.Evaluation.Runners;

namespace Assay.Evaluation.Suites;

/// <summary>Reads <c>kind: InvariantSuite</c>.</summary>
internal static class InvariantSuiteReader
{
    public static InvariantSuite Read(YamlMap root, YamlMap metadata, SuiteHead head)
    {
        root.Only("apiVersion", "kind", "metadata", "defaults", "cases");
        metadata.Only("name", "model", "severity", "owner", "description", "reviewed");
        var warns = metadata.Has("severity") && metadata.OneOf("severity", "block", "warn") == "warn";
        var defaults = Defaults.Read(root.MapOrNull("defaults"));
        var maps = root.Maps("cases");
        if (maps.Count == 0)
            root.Wrong("cases", "cases is empty: a suite that checks nothing would pass everything");
        var questions = new CaseQuestions(maps, head.Folder);
        return new(head, warns, [.. maps.Select(map => Case(map, defaults, questions, head.Folder))]) { Reviewed = metadata.Truth("reviewed") ?? true };
    }

    static InvariantCase Case(YamlMap map, Defaults defaults, CaseQuestions questions, string folder)
    {
        map.Only("name", "why", "skip", "input", "inputs", "base", "vary", "perturb", "output", "expect", "timeout_ms", "repeat", "warmup", "atol", "rtol");
        var usual = Tolerance.Read(map, defaults.Tolerance);
        var expectations = map.Maps("expect").Select(item => ExpectationList.Read(item, usual, folder)).OfType<IExpectation>().ToList();
        if (map.Maps("expect").Count == 0)
            map.Wrong("expect", "expect is empty: a case that expects nothing would always pass");
        var (asked, original, varied) = questions.Of(map);
        var (wish, row) = Defaults.Output(map.MapOrNull("output"), defaults);
        return new(map.Text("name"), map.TextOrNull("why"), Skip(map), asked, original, varied, wish, row,
            map.Whole("timeout_ms", 1, 3_600_000) is { } ms ? TimeSpan.FromMilliseconds(ms) : defaults.Timeout,
            (int)(map.Whole("repeat", 1, 10_000) ?? defaults.Repeat), expectations)
        {
            Warmup = (int)(map.Whole("warmup", 0, 10_000) ?? defaults.Warmup),
        };
    }

    static string? Skip(YamlMap map) => map.TextOrNull("skip") switch { null or "false" => null, "true" => "skipped by the suite", var reason => reason };

    /// <summary>What cases have that say nothing else.</summary>
    internal sealed record Defaults(TimeSpan? Timeout, int Repeat, Tolerance Tolerance, OutputWish Wish, int? Row, int Warmup = 0)
    {
        public static Defaults Read(YamlMap? map)
        {
            map?.Only("timeout_ms", "repeat", "warmup", "atol", "rtol", "output", "positive");
            var usual = new Defaults(null, 1, new(1e-6, 1e-5), new OutputWish(Positive: map?.TextOrNull("positive")), null);
            if (map is null)
                return usual;
            var (wish, row) = Output(map.MapOrNull("output"), usual);
            return new(map.Whole("timeout_ms", 1, 3_600_000) is { } ms ? TimeSpan.FromMilliseconds(ms) : null, (int)(map.Whole("repeat", 1, 10_000) ?? 1),
                Tolerance.Read(map, usual.Tolerance), wish, row, (int)(map.Whole("warmup", 0, 10_000) ?? 0));
        }

        /// <summary><c>output: {tensor, class, positive, path, as}</c>: path is <c>predictions</c> or one row of them, <c>predictions[0]</c>; as is <c>score</c>.</summary>
        public static (OutputWish, int?) Output(YamlMap? map, Defaults usual)
        {
            if (map is null)
                return (usual.Wish, usual.Row);
            map.Only("tensor", "class", "positive", "path", "as");
            if (map.Has("as"))
                map.OneOf("as", "score");
            var row = usual.Row;
            if (map.TextOrNull("path") is { } path)
            {
                var inside = path.StartsWith("predictions[", StringComparison.Ordinal) && path.EndsWith(']') ? path[12..^1] : null;
                if (path != "predictions" && !(inside is not null && int.TryParse(inside, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _)))
                    map.Wrong("path", $"'{path}' is not measured by this version; wanted predictions or predictions[0]");
                row = inside is not null && int.TryParse(inside, out var number) ? number : null;
            }
            else if (map.Has("tensor"))
                row = null; // a named output is looked at whole
            return (new(map.TextOrNull("tensor") ?? usual.Wish.Tensor, map.TextOrNull("class") ?? usual.Wish.Class, map.TextOrNull("positive") ?? usual.Wish.Positive), row);
        }
    }
}
