using Assay.Client;

namespace Assay.Examples.Credit;

/// <summary>Reads, splits, trains, exports, compares, writes and logs: the steps of a training job, one after the other.</summary>
public sealed class TrainingProgram(TrainingOptions options, TextWriter output, TextWriter errors)
{
    /// <summary>Runs the training; returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            return await TrainAsync(ct);
        }
        catch (MlflowException refused)
        {
            await errors.WriteLineAsync($"Refused ({refused.ErrorCode}): {refused.Message}");
            return refused.Status is null ? 2 : 1;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            await errors.WriteLineAsync(error.Message);
            return 2;
        }
    }

    async Task<int> TrainAsync(CancellationToken ct)
    {
        var file = await LoanFile.ReadAsync(options.Data, ct);
        var data = Holdout.Of(file.Loans, options.Seed);
        await SayAsync($"{file.Loans.Count} loans: {data.Train.Count} to learn from, {data.HeldOut.Count} held out (seed {options.Seed})");
        await using var log = await TrainingLog.StartAsync(options, file, data, ct);
        var outcome = Train(data, log, ct);
        await SayAsync($"held out: AUC {outcome.HeldOut.Auc:0.0000}, accuracy {outcome.HeldOut.Accuracy:0.0000}, log-loss {outcome.HeldOut.LogLoss:0.0000}");
        if (outcome.ParityDifference > ExportedModel.Tolerance)
        {
            await errors.WriteLineAsync($"The exported model differs from the trained one by {outcome.ParityDifference:g3}; at most {ExportedModel.Tolerance:g3} is rounding. Nothing is logged as finished.");
            return 1;
        }
        await SayAsync(outcome.ParityDifference is { } difference ? $"exported: ONNX Runtime agrees with the trainer to {difference:g2}" : "exported: nobody compared it with the trainer");
        if (options.Out is { } folder)
            await new OutputFolder(folder).WriteAsync(file, outcome, options.Offline, ct);
        await log.FinishAsync(outcome, ct);
        await output.WriteLineAsync(Summary.Of(options, outcome, log));
        return 0;
    }

    Outcome Train(Holdout data, TrainingLog log, CancellationToken ct)
    {
        Round? last = null;
        var (model, scores) = new LogisticTraining(options.Recipe, options.Seed).Train(data, round => { last = round; log.Show(round); }, ct);
        var broken = options.Variant == Variant.Broken;
        var onnx = CreditGraph.Write(model, broken ? RewrittenWiring : LoanColumns.Skewed);
        double? difference = broken ? null : ExportedModel.GreatestDifference(onnx, data.HeldOut, scores);
        return new(model, onnx, data, last!.Train, last.HeldOut, scores, difference);
    }

    /// <summary>Somebody joined the columns by hand: income and debt changed places.</summary>
    static string[] RewrittenWiring => [.. LoanColumns.Skewed.Select(name => name switch { "income" => "debt", "debt" => "income", _ => name })];

    Task SayAsync(string line) => options.Json ? Task.CompletedTask : output.WriteLineAsync(line);
}
