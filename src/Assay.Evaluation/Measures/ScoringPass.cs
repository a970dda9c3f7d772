using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;
using Assay.Statistics.Resampling;

namespace Assay.Evaluation.Measures;

/// <summary>What is done with the scored rows: each batch once, in the order of the rows.</summary>
internal interface IRowMeasure
{
    void Take(ScoredBatch batch);
}

/// <summary>
/// The one pass over the data: batches are read, scored and hashed side by side, as many at a time as the runner has lanes, and given to the measures in
/// the order of the rows. A row is never dropped: what cannot be scored makes the whole an error with its row.
/// </summary>
internal sealed class ScoringPass(EvaluationSuite suite, DataSet data, IRunner model, IRunner? baseline, BucketWeights weights)
{
    /// <summary>Rows in one question: enough that asking costs little, and few enough that two are soon there.</summary>
    public const int BatchRows = 8192;

    const int Ahead = 2;

    /// <summary>Scores all rows. <paramref name="begin"/> makes the measures once it is known what the scores mean.</summary>
    public async Task<Refusal?> Run(Plan plan, Func<Frame, IReadOnlyList<IRowMeasure>> begin, IProgress<EvaluationProgress>? progress, CancellationToken ct)
    {
        Rows? rows = null;
        IReadOnlyList<IRowMeasure> measures = [];
        var underWay = new Queue<Task<Result<ScoredBatch>>>();
        var lanes = Math.Max(model.Lanes, baseline?.Lanes ?? 1) + Ahead;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await foreach (var batch in data.Read(plan.Columns, BatchRows, stop.Token))
            {
                if (rows is null)
                {
                    var frame = await First(batch, plan, stop.Token);
                    if (!frame.Ok)
                        return frame.Refusal!;
                    rows = new(suite, plan, frame.Value, model, baseline, new(plan), new(weights, suite.Data.Entity));
                    measures = begin(frame.Value);
                }
                var all = rows;
                underWay.Enqueue(Task.Run(() => all.Score(batch, stop.Token), stop.Token));
                if (underWay.Count >= lanes && await Next(underWay, measures, progress) is { } refusal)
                    return refusal;
            }
            while (underWay.Count > 0)
                if (await Next(underWay, measures, progress) is { } refusal)
                    return refusal;
            return rows?.Problem(data.Rows);
        }
        catch (DataException e)
        {
            return MeasureRefusals.Unreadable(suite.Data.Uri, e.Message);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(underWay).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>The first rows are scored once more for what they tell of the outputs.</summary>
    async Task<Result<Frame>> First(DataBatch batch, Plan plan, CancellationToken ct)
    {
        var input = new ModelInput([.. plan.Inputs.Select(c => InputColumn.Of(batch[c]))]);
        var outputs = await model.Score(input.Slice(0, Math.Min(input.Rows, model.Face.FixedRows ?? 8)), null, ct, batch.FirstRow, fromFile: true);
        return outputs.Ok ? ScoreReader.Frame(suite, outputs.Value, model.Face) : outputs.Refusal!;
    }

    async Task<Refusal?> Next(Queue<Task<Result<ScoredBatch>>> underWay, IReadOnlyList<IRowMeasure> measures, IProgress<EvaluationProgress>? progress)
    {
        var scored = await underWay.Dequeue();
        if (!scored.Ok)
            return scored.Refusal!;
        // After a score that is no number nothing is measured any more; the rest is scored to say how many there are.
        if (!scored.Value.Finite)
            return null;
        foreach (var measure in measures)
            measure.Take(scored.Value);
        progress?.Report(new("scoring", scored.Value.FirstRow + scored.Value.Rows - 1, data.Rows));
        return null;
    }
}
