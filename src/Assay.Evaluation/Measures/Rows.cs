using Assay.Contracts;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Runners;
using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>Makes scored rows of rows that were read. Safe to call from several threads.</summary>
internal sealed class Rows(EvaluationSuite suite, Plan plan, Frame frame, IRunner model, IRunner? baseline, CanonicalRows canonical, RowBuckets buckets)
{
    readonly TruthColumn truth = new(frame, suite.Data);
    readonly Lock counting = new();
    long bad, firstBad = long.MaxValue;

    /// <summary>Scores a batch and reads what else is known of its rows.</summary>
    public async Task<Result<ScoredBatch>> Score(DataBatch batch, CancellationToken ct)
    {
        var input = new ModelInput([.. plan.Inputs.Select(c => InputColumn.Of(batch[c]))]);
        var asked = model.Score(input, null, ct, batch.FirstRow, fromFile: true);
        var compared = baseline?.Score(input, null, ct, batch.FirstRow, fromFile: true);
        // While the models work.
        var digests = canonical.Of(batch);
        Result<int[]> classes = frame.Task == EvaluationTask.Classification ? truth.Classes(batch) : Array.Empty<int>();
        Result<double[]> targets = frame.Task is EvaluationTask.Regression or EvaluationTask.Ranking ? truth.Targets(batch) : Array.Empty<double>();
        var (answers, others) = (await Read(asked, model, batch), compared is null ? null : (Result<Answers>?)await Read(compared, baseline!, batch));
        if ((classes.Refusal ?? targets.Refusal ?? answers.Refusal ?? others?.Refusal) is { } refusal)
            return refusal;
        var finite = Finite(answers.Value, batch.FirstRow);
        if (others is { } other)
            finite &= Finite(other.Value, batch.FirstRow);
        return new ScoredBatch
        {
            Data = batch,
            Truth = classes.Value,
            Target = targets.Value,
            Weight = Weights(batch),
            Digests = digests,
            Bucket = buckets.Of(batch),
            Slices = [.. plan.Partings.Select(p => p.Of(batch))],
            Model = answers.Value,
            Baseline = others?.Value,
            Finite = finite,
        };
    }

    /// <summary>What is wrong with the rows as a whole, once all were read.</summary>
    public Refusal? Problem(long all) => truth.Problem(suite.Output.Positive is not null || suite.Output.Class is not null)
        ?? (bad > 0 ? MeasureRefusals.NotFinite(bad, all, firstBad) : null);

    async Task<Result<Answers>> Read(Task<Result<IReadOnlyList<Models.Tensor>>> asked, IRunner runner, DataBatch batch)
    {
        var outputs = await asked;
        return outputs.Ok ? ScoreReader.Read(suite, frame, outputs.Value, runner.Face, batch.Rows) : outputs.Refusal!;
    }

    bool Finite(Answers answers, long firstRow)
    {
        var first = -1;
        var here = 0L;
        for (var r = 0; r * answers.Width < answers.Scores.Length; r++)
            foreach (var score in answers.Row(r))
                if (!double.IsFinite(score))
                {
                    (here, first) = (here + 1, first < 0 ? r : first);
                    break;
                }
        if (here == 0)
            return true;
        lock (counting)
            (bad, firstBad) = (bad + here, Math.Min(firstBad, firstRow + first));
        return false;
    }

    double[] Weights(DataBatch batch)
    {
        var weights = new double[batch.Rows];
        if (suite.Data.Weight is not { } column)
        {
            Array.Fill(weights, 1);
            return weights;
        }
        weights = [.. DataNumbers.Of(batch[column], batch.FirstRow)];
        return Array.FindIndex(weights, w => w is not (> 0 and < double.PositiveInfinity)) is >= 0 and var row
            ? throw new DataException($"row {batch.FirstRow + row} has no weight above 0 in the column {column}.") : weights;
    }
}
