using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Evaluation.Runners;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.Suites;

/// <summary>Reads <c>kind: EvaluationSuite</c>.</summary>
internal static class EvaluationSuiteReader
{
    public static EvaluationSuite Read(YamlMap root, YamlMap metadata, SuiteHead head)
    {
        root.Only("apiVersion", "kind", "metadata", "task", "data", "positive", "output", "metrics", "intervals", "slices", "tail", "train", "parity", "reference", "join", "judgements", "invariants");
        metadata.Only("name", "model", "owner", "description");
        var task = Task(root.OneOf("task", "classification", "regression", "ranking", "generation"));
        var output = root.MapOrNull("output")?.Only("tensor", "class");
        var intervals = root.MapOrNull("intervals")?.Only("level", "bootstrap");
        var level = intervals?.Number("level") ?? 0.95;
        if (level is not (> 0.5 and < 1))
            intervals!.Wrong("level", "a level lies between 0.5 and 1, such as 0.95");
        if (task == EvaluationTask.Ranking && root.Has("slices"))
            root.Wrong("slices", "a ranking is measured over queries and has no slices of rows");
        return new(head, task, Data(root.Map("data"), task), new OutputWish(output?.TextOrNull("tensor"), output?.TextOrNull("class"), root.TextOrNull("positive")),
            MetricWishReader.Read(root, task), level, (int)(intervals?.Whole("bootstrap", 100, 100_000) ?? 1000), SlicesWishReader.Read(root), Tail(root, task), Train(root), Parity(root),
            Judgements(root, task), [.. root.Texts("invariants").Select(path => Path.GetFullPath(Path.Combine(head.Folder, path)))])
        {
            Reference = Reference(root),
            Join = root.MapOrNull("join")?.Only("uri", "digest", "key") is { } join ? new(join.Text("uri"), Digest(join), join.Text("key")) : null,
        };
    }

    static EvaluationTask Task(string word) => word switch
    {
        "regression" => EvaluationTask.Regression,
        "ranking" => EvaluationTask.Ranking,
        "generation" => EvaluationTask.Generation,
        _ => EvaluationTask.Classification,
    };

    static HeldoutData Data(YamlMap data, EvaluationTask task)
    {
        data.Only("uri", "digest", "role", "label", "time", "entity", "weight", "query");
        if (task == EvaluationTask.Ranking && !data.Has("query"))
            data.Wrong("query", "ranking needs the column that says which rows belong to one query: query: query_id");
        if (task == EvaluationTask.Generation && !data.Has("entity"))
            data.Wrong("entity", "generation needs the column whose values are the ids of the judgements: entity: prompt_id");
        // What others have judged needs no truth of its own.
        var label = task == EvaluationTask.Generation ? data.TextOrNull("label") ?? "" : data.Text("label");
        return new(data.Text("uri"), Digest(data), data.TextOrNull("role") ?? "heldout", label, data.TextOrNull("entity"), data.TextOrNull("time"), data.TextOrNull("weight"), data.TextOrNull("query"));
    }

    static TailWish? Tail(YamlMap root, EvaluationTask task)
    {
        if (root.MapOrNull("tail")?.Only("loss", "worst", "cvar", "quantiles") is not { } tail)
            return null;
        if (task is EvaluationTask.Ranking or EvaluationTask.Generation)
            root.Wrong("tail", "a tail is that of a classification or of a regression");
        var losses = task == EvaluationTask.Regression ? new[] { "squared_error", "absolute_error" } : ["log_loss", "brier"];
        if (tail.TextOrNull("loss") is { } loss && !losses.Contains(loss))
            tail.Wrong("loss", $"'{loss}' is no loss of this task; wanted {string.Join(" or ", losses)}");
        var quantiles = tail.Raw("quantiles") is YamlSequenceNode list ? list.Select(Share).ToList() : [0.95, 0.99];
        if (quantiles.Any(q => q is not (> 0 and < 1)))
            tail.Wrong("quantiles", "a quantile lies between 0 and 1, such as 0.95");
        return new(tail.TextOrNull("loss"), Share(tail, "worst", 0.01), Share(tail, "cvar", 0.95), quantiles);
    }

    static double Share(YamlMap map, string key, double otherwise)
    {
        var share = map.Number(key) ?? otherwise;
        if (share is not (> 0 and < 1))
            map.Wrong(key, $"{key} lies between 0 and 1, such as {otherwise}");
        return share;
    }

    static double Share(YamlNode node) =>
        double.TryParse((node as YamlScalarNode)?.Value, System.Globalization.CultureInfo.InvariantCulture, out var share) ? share : double.NaN;

    static TrainWish? Train(YamlMap root)
    {
        if (root.MapOrNull("train")?.Only("uri", "digest", "digests") is not { } train)
            return null;
        if (train.Has("uri") == train.Has("digests"))
            train.Wrong("uri", "train wants either uri (the data) or digests (a list of its rows' digests, where the data is private)");
        return new(train.TextOrNull("uri"), Digest(train), train.TextOrNull("digests"));
    }

    static ParityWish? Parity(YamlMap root) => root.MapOrNull("parity")?.Only("uri", "digest", "prediction") is { } parity
        ? new(parity.Text("uri"), Digest(parity), parity.Text("prediction")) : null;

    static ReferenceWish? Reference(YamlMap root)
    {
        if (root.MapOrNull("reference")?.Only("uri", "digest") is not { } reference)
            return null;
        if (!root.Has("train"))
            root.Wrong("reference", "reference is compared with the training data; give train: {uri: …}");
        return new(reference.Text("uri"), Digest(reference));
    }

    static JudgementsWish? Judgements(YamlMap root, EvaluationTask task)
    {
        if (root.MapOrNull("judgements")?.Only("uri", "digest", "id", "score") is { } judgements)
            return new(judgements.Text("uri"), Digest(judgements), judgements.TextOrNull("id") ?? "id", judgements.TextOrNull("score") ?? "score");
        if (task == EvaluationTask.Generation)
            root.Wrong("judgements", "generation is scored by judgements: judgements: {uri: judgements.jsonl, id: id, score: score}");
        return null;
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
}
