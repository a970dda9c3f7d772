using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Skew;

/// <summary>
/// Scores rows that the training pipeline logged with its own answers, and compares: what was lost on the way to the served model (an export, an order of
/// columns, a conversion) shows here and nowhere else.
/// </summary>
internal sealed class ParityMeasure(EvaluationSuite suite, DataSet logged, IRunner model, ModelSignature? signature)
{
    const int BatchRows = 8192;
    static readonly string[] Names = ["parity_max_abs", "parity_flips"];
    readonly ParityWish wish = suite.Parity!;

    /// <summary>Measures; what cannot be is an error in each of its numbers.</summary>
    public async Task<IEnumerable<MetricResult>> Run(CancellationToken ct)
    {
        try
        {
            var counted = await Count(ct);
            return counted.Ok ? counted.Value.Results(suite.Level) : Failed(counted.Refusal!.Message);
        }
        catch (DataException e)
        {
            return Failed($"the logged rows {wish.Uri} cannot be read: {e.Message}");
        }
    }

    /// <summary>No numbers, each with the reason.</summary>
    public static IEnumerable<MetricResult> Failed(long rows, string why) => Names.Select(name => Facts.Failed(name, rows, why));

    IEnumerable<MetricResult> Failed(string why) => Failed(logged.Rows, why);

    async Task<Result<ParityCount>> Count(CancellationToken ct)
    {
        if (logged.Rows == 0)
            return MeasureRefusals.Empty(wish.Uri);
        var plan = Plan.Of(suite with { Data = new(wish.Uri, null, "parity", wish.Prediction, null), Slices = null }, model.Face, signature, logged);
        if (!plan.Ok)
            return plan.Refusal!;
        ParityCount? count = null;
        Frame? frame = null;
        await foreach (var batch in logged.Read(plan.Value.Columns, BatchRows, ct))
        {
            var outputs = await model.Score(new([.. plan.Value.Inputs.Select(c => InputColumn.Of(batch[c]))]), null, ct, batch.FirstRow, fromFile: true);
            if (!outputs.Ok)
                return outputs.Refusal!;
            if (frame is null)
            {
                var read = ScoreReader.Frame(suite, outputs.Value, model.Face);
                if (!read.Ok)
                    return read.Refusal!;
                count = new(frame = read.Value, Threshold());
            }
            var answers = ScoreReader.Read(suite, frame, outputs.Value, model.Face, batch.Rows);
            if (!answers.Ok)
                return answers.Refusal!;
            if (Take(count!, answers.Value, batch) is { } refusal)
                return refusal;
        }
        return count!;
    }

    Refusal? Take(ParityCount count, Answers answers, DataBatch batch)
    {
        var predictions = batch[wish.Prediction];
        for (var r = 0; r < batch.Rows; r++)
        {
            if (Labels.Of(predictions, r) is not { } label)
                return MeasureRefusals.Label(wish.Prediction, batch.FirstRow + r, Cell.Missing, "the pipeline's own answer");
            foreach (var score in answers.Row(r))
                if (!double.IsFinite(score))
                    return MeasureRefusals.NotFinite(1, logged.Rows, batch.FirstRow + r);
            var number = predictions.Numbers?[r] ?? (DataNumbers.TryParse(predictions.Texts![r], out var parsed) ? parsed : double.NaN);
            count.Add(answers, r, number, label);
        }
        return null;
    }

    /// <summary>The threshold that the suite names, for the first metric that has another than the usual one.</summary>
    double Threshold() => suite.Metrics.Select(m => m.Threshold).FirstOrDefault(t => t != 0.5, 0.5);
}
