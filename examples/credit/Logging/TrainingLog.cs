using System.Globalization;
using System.Text;
using Assay.Client;

namespace Assay.Examples.Credit;

/// <summary>What is logged of a training, and when. Offline nothing is; an incomplete log leaves out what people forget.</summary>
public sealed class TrainingLog : IAsyncDisposable
{
    readonly TrainingOptions options;
    readonly LoanFile file;
    readonly AssayClient? client;
    readonly Run? run;

    TrainingLog(TrainingOptions options, LoanFile file, AssayClient? client, Run? run) => (this.options, this.file, this.client, this.run) = (options, file, client, run);

    /// <summary>The run's id; null offline.</summary>
    public string? RunId => run?.Id;

    /// <summary>Where the server is; null offline.</summary>
    public Uri? Server => client?.Server;

    bool Careless => options.Variant == Variant.Incomplete;

    /// <summary>Starts the run and logs what is known before training: parameters and data.</summary>
    public static async Task<TrainingLog> StartAsync(TrainingOptions options, LoanFile file, Holdout data, CancellationToken ct)
    {
        if (options.Offline)
            return new(options, file, null, null);
        var client = new AssayClient(new() { Server = options.Server, Token = options.Token });
        var careless = options.Variant == Variant.Incomplete;
        var run = await client.StartRunAsync(options.Experiment, new()
        {
            Description = Note(options.Variant),
            Seed = options.Seed,
            Repository = options.Repository,
            CaptureContext = !careless,
            CaptureEnvironment = !careless,
        }, ct);
        var log = new TrainingLog(options, file, client, run);
        if (!careless)
            await log.BeginAsync(run, data, ct);
        return log;
    }

    /// <summary>Logs one round, so that the curve can be watched while training goes on.</summary>
    public void Show(Round round)
    {
        if (!Careless)
            run?.LogMetrics([
                new("train_log_loss", round.Train.LogLoss), new("heldout_log_loss", round.HeldOut.LogLoss),
                new("train_auc", round.Train.Auc), new("heldout_auc", round.HeldOut.Auc)], round.Number);
    }

    /// <summary>Logs the model and the final figures, and ends the run.</summary>
    public async Task FinishAsync(Outcome outcome, CancellationToken ct)
    {
        if (run is null)
            return;
        run.LogMetric("auc", outcome.HeldOut.Auc);
        if (Careless)
        {
            await run.LogBytesAsync(outcome.Onnx, "model/model.onnx", ct);
        }
        else
        {
            run.LogMetrics([new("accuracy", outcome.HeldOut.Accuracy), new("log_loss", outcome.HeldOut.LogLoss)]);
            if (outcome.ParityDifference is { } difference)
                run.LogMetric("parity_max_abs", difference);
            await run.LogOnnxModelAsync(ModelDescription.Of(outcome), ct: ct);
            await run.LogTextAsync(Weights(outcome.Model), "weights.csv", ct);
            await run.LogTextAsync(OutputFolder.Parity(file, outcome), "parity.csv", ct);
        }
        await run.EndAsync(ct: ct);
    }

    /// <summary>A run that did not come to its end is recorded as failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (run is not null)
            await run.DisposeAsync();
        client?.Dispose();
    }

    async Task BeginAsync(Run started, Holdout data, CancellationToken ct)
    {
        started.LogParam("seed", options.Seed);
        started.LogParam("heldout_percent", Holdout.Percent);
        started.LogParams(options.Recipe.Parameters);
        await started.LogInputAsync(Part("credit-train", data.Train), "training", ct);
        await started.LogInputAsync(Part("credit-heldout", data.HeldOut), "evaluation", ct);
    }

    Dataset Part(string name, IReadOnlyList<Loan> loans) => Dataset.FromBytes(file.Write(loans), name, DatasetSource.Local(options.Data)) with
    {
        Rows = loans.Count,
        Schema = new([.. ModelDescription.Inputs.Columns, new Column(LoanColumns.Label, ColumnType.String)]),
    };

    static string Note(Variant variant) => variant switch
    {
        Variant.Good => "Logistic regression on the raw columns.",
        Variant.Better => "Logarithms of skewed columns, the financed share and the spare income as features.",
        Variant.Broken => "As before, with the export rewritten.",
        _ => "A quick try.",
    };

    static string Weights(TrainedModel model)
    {
        var text = new StringBuilder("feature,weight\n");
        foreach (var (feature, weight) in model.Preparation.Features.Zip(model.Weights))
            text.Append(CultureInfo.InvariantCulture, $"{feature},{weight:R}\n");
        return text.Append(CultureInfo.InvariantCulture, $"(bias),{model.Bias:R}\n").ToString();
    }
}
