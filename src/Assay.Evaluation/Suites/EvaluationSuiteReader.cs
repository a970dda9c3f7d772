using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Evaluation.Heldout;
using Assay.Evaluation.Runners;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>Reads <c>kind: EvaluationSuite</c>.</summary>
internal static class EvaluationSuiteReader
{
    static readonly string[] Later = ["slices", "tail", "train", "parity"];

    public static EvaluationSuite Read(YamlMap root, YamlMap metadata, SuiteHead head)
    {
        root.Only("apiVersion", "kind", "metadata", "task", "data", "positive", "output", "metrics", "intervals", "slices", "tail", "train", "parity", "invariants");
        metadata.Only("name", "model", "owner", "description");
        var notMeasured = Later.Where(root.Has).ToList();
        var task = root.OneOf("task", "classification", "regression", "ranking");
        if (task == "ranking")
            root.Wrong("task", "ranking is not measured by this version; wanted classification or regression");
        var data = root.Map("data").Only("uri", "digest", "role", "label", "time", "entity", "weight");
        if (data.Has("weight"))
            data.Wrong("weight", "weighted rows are not measured by this version, and without their weights the numbers would be others");
        var output = root.MapOrNull("output")?.Only("tensor", "class");
        var intervals = root.MapOrNull("intervals")?.Only("level", "bootstrap");
        var level = intervals?.Number("level") ?? 0.95;
        if (level is not (> 0.5 and < 1))
            intervals!.Wrong("level", "a level lies between 0.5 and 1, such as 0.95");
        var regression = task == "regression";
        return new(head, regression ? EvaluationTask.Regression : EvaluationTask.Classification,
            new(data.Text("uri"), Digest(data), data.TextOrNull("role") ?? "heldout", data.Text("label"), data.TextOrNull("entity")),
            new OutputWish(output?.TextOrNull("tensor"), output?.TextOrNull("class"), root.TextOrNull("positive")),
            Metrics(root, regression), level, (int)(intervals?.Whole("bootstrap", 100, 100_000) ?? 1000),
            [.. root.Texts("invariants").Select(path => Path.GetFullPath(Path.Combine(head.Folder, path)))], notMeasured);
    }

    static Digest? Digest(YamlMap data)
    {
        if (data.TextOrNull("digest") is not { } text)
            return null;
        if (Contracts.Digest.TryParse(text, out var digest))
            return digest;
        data.Wrong("digest", $"'{text}' is no digest; wanted sha256: and 64 lower-case hex digits");
        return null;
    }

    static List<MetricWish> Metrics(YamlMap root, bool regression)
    {
        if (!root.Has("metrics"))
            return [.. MetricNames.Usual(regression).Select(name => new MetricWish(name))];
        if (root.Raw("metrics") is not YamlSequenceNode list)
        {
            root.Wrong("metrics", "metrics wants a list of names");
            return [];
        }
        var wishes = new List<MetricWish>();
        foreach (var item in list)
            if (Wish(item) is not { } wish)
                root.Wrong("metrics", "a metric is a name, or {name: recall, threshold: 0.5}");
            else if (!MetricNames.Known(wish.Name))
                root.Wrong("metrics", $"unknown metric '{wish.Name}'{(Nearest.To(wish.Name, MetricNames.All) is { } near ? $"; is '{near}' meant?" : $"; known are {string.Join(", ", MetricNames.All)}")}");
            else
                wishes.Add(wish);
        if (list.Children.Count == 0)
            root.Wrong("metrics", "metrics is empty: nothing would be measured");
        return wishes;
    }

    static MetricWish? Wish(YamlNode item)
    {
        if (item is YamlScalarNode { Value: { } name })
            return new(name);
        if (YamlJson.Of(item) is not System.Text.Json.Nodes.JsonObject map || map.Any(p => p.Key is not ("name" or "threshold")) || map["name"] is null)
            return null;
        return map["threshold"] is not { } threshold ? new(map["name"]!.ToString())
            : Inputs.Cell.Of(threshold) is { Kind: Inputs.CellKind.Integer or Inputs.CellKind.Real } cell ? new(map["name"]!.ToString(), cell.Real) : null;
    }
}
