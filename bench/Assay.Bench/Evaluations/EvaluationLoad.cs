using System.Diagnostics;
using System.Globalization;
using Assay.Evaluation;
using Assay.Evaluation.Data;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using Assay.Evaluation.Runners.Onnx;

namespace Assay.Bench.Evaluations;

/// <summary>
/// An evaluation of many rows: twenty columns of numbers in Parquet, an ensemble of 100 trees of 31 splits, seven metrics, 200 slices, a thousand bootstraps.
/// Beside it one pass that reads the same rows and scores them by the same workers, and does nothing else.
/// </summary>
static class EvaluationLoad
{
    const int Columns = 20, Batch = 8192;

    public static async Task Measure(Report report, BenchOptions options, string assay)
    {
        using var place = new EvaluationFolder(options.Runs, Columns);
        var limits = new ScoringLimits { Wall = TimeSpan.FromHours(2), Cpu = TimeSpan.FromHours(2) };
        var worker = WorkerProgram.At(assay);
        string rows = $"{(options.Runs / 1e6).ToString("0.###", CultureInfo.InvariantCulture)} million rows × {Columns}", read = $"read only, {rows}", pass = "read and score only", whole = "evaluate: metrics, 200 slices, 1000 bootstraps";
        for (var round = 0; round < options.Rounds; round++)
        {
            report.Add(read, "ms", await Time(() => Pass(place, null)));
            await using (var runner = (await OnnxRunner.Open(ModelFolder.Open(place.Model).Value, limits, worker, TimeProvider.System, default)).Value)
                report.Add(pass, "ms", await Time(() => Pass(place, runner)));
            await using var watch = new MemoryPeak();
            report.Add(whole, "ms", await Time(async () =>
            {
                var outcome = await new Evaluator(TimeProvider.System).Run(place.Model, place.Suite, new() { Limits = limits, Worker = worker }, null, default);
                if (!outcome.Ok || outcome.Value.Errored)
                    throw new InvalidOperationException(outcome.Refusal?.Message ?? string.Join('\n', outcome.Value.Messages));
            }));
            report.Add("its own memory at most", "MB", watch.Megabytes);
        }
        report.Ratio("evaluate / read and score only", whole, pass);
    }

    /// <summary>Reads all rows, and scores them in as many batches at a time as the runner has lanes.</summary>
    static async Task Pass(EvaluationFolder place, OnnxRunner? runner)
    {
        await using var data = (await DataSet.Open(new(place.Data, place.Root), DataSources.Local, default)).Value;
        var underWay = new Queue<Task>();
        await foreach (var batch in data.Read(place.Inputs, Batch, default))
        {
            if (runner is null)
                continue;
            var input = new ModelInput([.. batch.Vectors.Select(InputColumn.Of)]);
            underWay.Enqueue(Task.Run(async () =>
            {
                if (!(await runner.Score(input, null, default, batch.FirstRow, fromFile: true)).Ok)
                    throw new InvalidOperationException("a batch was not scored");
            }));
            if (underWay.Count > runner.Lanes + 1)
                await underWay.Dequeue();
        }
        await Task.WhenAll(underWay);
    }

    static async Task<double> Time(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }
}
