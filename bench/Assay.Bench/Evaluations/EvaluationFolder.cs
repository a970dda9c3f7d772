using System.Globalization;
using Assay.Statistics;
using Assay.Tests.Builders;
using DuckDB.NET.Data;

namespace Assay.Bench.Evaluations;

/// <summary>The model, the data and the suite of an evaluation, in a temporary folder.</summary>
sealed class EvaluationFolder : IDisposable
{
    const int Trees = 100, Depth = 5;

    public EvaluationFolder(long rows, int columns)
    {
        Root = Directory.CreateTempSubdirectory("assay-bench-evaluation-").FullName;
        Inputs = [.. Enumerable.Range(0, columns).Select(c => $"f{c}")];
        Directory.CreateDirectory(Model);
        var signature = string.Join(",", Inputs.Select(c => $$"""{"name":"{{c}}","type":"double","required":true}"""));
        File.WriteAllText(Path.Combine(Model, "MLmodel"), $"flavors:\n  onnx:\n    data: model.onnx\n    onnx_version: 1.17.0\nsignature:\n  inputs: '[{signature}]'\n");
        File.WriteAllBytes(Path.Combine(Model, "model.onnx"), Ensemble(columns));
        File.WriteAllText(Suite, $$"""
            apiVersion: assay/v1
            kind: EvaluationSuite
            metadata: {name: bench}
            task: classification
            data: {uri: data.parquet, label: y}
            metrics: [auc, accuracy, recall, precision, f1, log_loss, brier]
            slices: {by: [{{string.Join(", ", Inputs.Take(10).Select(c => $"{{bins: {c}, edges: [{string.Join(", ", Enumerable.Range(1, 19).Select(e => (e / 20.0).ToString(CultureInfo.InvariantCulture)))}]}}"))}}]}
            tail: {worst: 0.01, cvar: 0.95, quantiles: [0.95, 0.99]}
            """);
        Write(rows);
    }

    public string Root { get; }

    public IReadOnlyList<string> Inputs { get; }

    public string Model => Path.Combine(Root, "model");

    public string Data => Path.Combine(Root, "data.parquet");

    public string Suite => Path.Combine(Root, "suite.yaml");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Uniform numbers made of hashes, so that every run has the same, and a truth that leans on two of them.</summary>
    void Write(long rows)
    {
        using var db = new DuckDBConnection("DataSource=:memory:");
        db.Open();
        using var make = db.CreateCommand();
        var numbers = string.Join(", ", Inputs.Select((c, i) => FormattableString.Invariant($"(hash(i * {2 * Inputs.Count} + {i}) % 1000003) / 1000003.0::DOUBLE AS {c}")));
        make.CommandText = FormattableString.Invariant($"COPY (SELECT *, (f0 + f1 + (hash(i * 977 + 13) % 1009) / 1009.0 > 1.5)::INTEGER AS y FROM (SELECT i, {numbers} FROM range({rows}) t(i))) TO '{Data}' (FORMAT parquet)");
        make.ExecuteNonQuery();
    }

    /// <summary>Full binary trees of 31 splits over random columns, whose leaves sum up to log-odds, then a sigmoid.</summary>
    static byte[] Ensemble(int columns)
    {
        const int splits = (1 << Depth) - 1, nodes = (2 << Depth) - 1;
        var random = new SplitMix(99);
        List<long> tree = [], node = [], feature = [], yes = [], no = [], leafTree = [], leafNode = [], leafTarget = [];
        List<float> threshold = [], weight = [];
        List<string> mode = [];
        for (var t = 0; t < Trees; t++)
            for (var n = 0; n < nodes; n++)
            {
                var split = n < splits;
                tree.Add(t);
                node.Add(n);
                feature.Add(split ? (long)(random.Next() % (ulong)columns) : 0);
                threshold.Add(split ? (float)random.NextUnit() : 0);
                mode.Add(split ? "BRANCH_LEQ" : "LEAF");
                yes.Add(split ? (2 * n) + 1 : 0);
                no.Add(split ? (2 * n) + 2 : 0);
                if (split)
                    continue;
                leafTree.Add(t);
                leafNode.Add(n);
                leafTarget.Add(0);
                weight.Add((float)((random.NextUnit() - 0.5) * 0.2));
            }
        return new OnnxBuilder().Input("input", OnnxBuilder.Float, -1, columns).Output("score", OnnxBuilder.Float, -1, 1)
            .Node("TreeEnsembleRegressor", ["input"], ["odds"], OnnxBuilder.Wholes("nodes_treeids", [.. tree]), OnnxBuilder.Wholes("nodes_nodeids", [.. node]),
                OnnxBuilder.Wholes("nodes_featureids", [.. feature]), OnnxBuilder.Reals("nodes_values", [.. threshold]), OnnxBuilder.Texts("nodes_modes", [.. mode]),
                OnnxBuilder.Wholes("nodes_truenodeids", [.. yes]), OnnxBuilder.Wholes("nodes_falsenodeids", [.. no]), OnnxBuilder.Wholes("target_treeids", [.. leafTree]),
                OnnxBuilder.Wholes("target_nodeids", [.. leafNode]), OnnxBuilder.Wholes("target_ids", [.. leafTarget]), OnnxBuilder.Reals("target_weights", [.. weight]), OnnxBuilder.Whole("n_targets", 1))
            .Node("Sigmoid", ["odds"], ["score"]).Build();
    }
}
