using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Measures.Metrics;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>Reads <c>metrics</c> of a suite: names, or names with what they depend on.</summary>
internal static class MetricWishReader
{
    static readonly string[] Keys = ["name", "threshold", "quantile", "k"];

    public static IReadOnlyList<MetricWish> Read(YamlMap root, EvaluationTask task)
    {
        if (!root.Has("metrics"))
            return [.. MetricNames.Usual(task).Select(name => new MetricWish(name))];
        if (root.Raw("metrics") is not YamlSequenceNode list)
        {
            root.Wrong("metrics", "metrics wants a list of names");
            return [];
        }
        if (list.Children.Count == 0)
            root.Wrong("metrics", "metrics is empty: nothing would be measured");
        return [.. list.Select(item => Read(root, item, MetricNames.Of(task))).OfType<MetricWish>()];
    }

    static MetricWish? Read(YamlMap root, YamlNode item, IReadOnlyList<string> known)
    {
        var map = item is YamlScalarNode { Value: { } scalar } ? new JsonObject { ["name"] = scalar } : YamlJson.Of(item) as JsonObject;
        if (map?["name"]?.ToString() is not { } name || map.Any(p => !Keys.Contains(p.Key)))
        {
            root.Wrong("metrics", $"a metric is a name, or {{name: recall, threshold: 0.5}}; its keys are {string.Join(", ", Keys)}");
            return null;
        }
        if (!known.Contains(name))
        {
            root.Wrong("metrics", $"unknown metric '{name}' for this task{(Nearest.To(name, known) is { } near ? $"; is '{near}' meant?" : $"; known are {string.Join(", ", known)}")}");
            return null;
        }
        var wish = new MetricWish(name, Number(map, "threshold") ?? 0.5, Number(map, "quantile") ?? 0.5, (int?)Number(map, "k"));
        if (double.IsFinite(wish.Threshold) && wish.Quantile is > 0 and < 1 && wish.K is null or > 0)
            return wish;
        root.Wrong("metrics", $"{name}: a threshold is a number, a quantile lies between 0 and 1, and k is at least 1");
        return null;
    }

    static double? Number(JsonObject map, string key) => map[key] is not { } value ? null
        : Cell.Of(value) is { Kind: CellKind.Integer or CellKind.Real } cell ? cell.Real : double.NaN;
}
