using Assay.Contracts;
using Assay.Evaluation.Invariants;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.FirstSuites;

/// <summary>What a model answers to the first question, and which of its outputs a suite should look at.</summary>
internal sealed class FirstAnswer
{
    FirstAnswer(IReadOnlyList<Tensor> outputs, Tensor? looked, OutputWish wish, Numbers? numbers) => (Outputs, Looked, Wish, Numbers) = (outputs, looked, wish, numbers);

    /// <summary>All outputs.</summary>
    public IReadOnlyList<Tensor> Outputs { get; }

    /// <summary>The output to look at; null when none of them is plainly the score.</summary>
    public Tensor? Looked { get; }

    /// <summary>What the suite must say so that it is looked at; empty when it is the score by itself.</summary>
    public OutputWish Wish { get; }

    /// <summary>Its numbers, as a suite would see them; null when it has none.</summary>
    public Numbers? Numbers { get; }

    /// <summary>Asks.</summary>
    public static async Task<Result<FirstAnswer>> Of(AskedRows rows, IRunner runner, CancellationToken ct)
    {
        var outputs = await runner.Score(rows.Input, null, ct);
        if (!outputs.Ok)
            return outputs.Refusal!;
        var usual = Scores.Output(outputs.Value, new());
        var looked = usual.Ok ? usual.Value : outputs.Value.FirstOrDefault(o => o.IsReal) ?? outputs.Value.FirstOrDefault(o => o.IsNumber) ?? (outputs.Value is [var first, ..] ? first : null);
        // Of several columns all are looked at, which only an output that is named allows.
        var wish = looked is null || (usual.Ok && looked.Columns == 1) ? new OutputWish() : new(looked.Name);
        var question = new Question("", rows.Input, new System.Text.Json.Nodes.JsonObject());
        var one = new InvariantCase("", null, null, [question], null, [], wish, null, null, 1, []);
        var numbers = new Answer(question, outputs, runner.Face, one).Numbers();
        return new FirstAnswer(outputs.Value, looked, wish, numbers.Ok && numbers.Value.Values.Length > 0 ? numbers.Value : null);
    }

    /// <summary>Several columns that are plainly probabilities: from 0 to 1, each row adding up to 1.</summary>
    public bool AreProbabilities => Numbers is { Columns: > 1 } all && WithinOne(all) && all.Values.Chunk(all.Columns).All(row => Math.Abs(row.Sum() - 1) <= 1e-4);

    /// <summary>One column that may be a probability: from 0 to 1, and not named as a plain number.</summary>
    public bool MayBeProbability => Numbers is { Columns: 1 } all && WithinOne(all) && Looked is { IsReal: true } output && !output.Name.StartsWith("variable", StringComparison.OrdinalIgnoreCase);

    /// <summary>Such a column, where its name says so too.</summary>
    public bool IsProbability => MayBeProbability && Looked!.Name.Contains("prob", StringComparison.OrdinalIgnoreCase);

    static bool WithinOne(Numbers numbers) => numbers.Values.All(v => v is >= 0 and <= 1);
}
