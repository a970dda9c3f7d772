namespace Assay.Client;

/// <summary>
/// One execution of training. Parameters, metrics and tags are queued and sent in batches; artifacts, inputs and models are sent at once.
/// Call <see cref="EndAsync"/> when all went well: a run that is disposed without it is recorded as failed.
/// </summary>
public sealed partial class Run : IAsyncDisposable
{
    readonly RunWire wire;
    readonly AssayClientOptions options;
    readonly BatchQueue queue;
    readonly ArtifactUpload artifacts;
    readonly Dictionary<string, string> parameters = [];
    bool ended;
    bool disposed;

    internal Run(RunWire wire, StartedRun started, RunContext? context, AssayClientOptions options)
    {
        this.wire = wire;
        this.options = options;
        (Id, ExperimentId, Name, ArtifactUri, Context) = (started.Id, started.ExperimentId, started.Name, started.ArtifactUri, context);
        queue = new((batch, ct) => wire.LogBatchAsync(Id, batch, ct), options.Time, options.FlushInterval);
        artifacts = new(wire.Mlflow, ArtifactUri);
    }

    /// <summary>The run's id: 32 hex digits.</summary>
    public string Id { get; }

    /// <summary>The experiment it belongs to.</summary>
    public string ExperimentId { get; }

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>Where its artifacts are: <c>mlflow-artifacts:/…</c>.</summary>
    public string ArtifactUri { get; }

    /// <summary>What was captured around it; null when that was switched off.</summary>
    public RunContext? Context { get; }

    /// <summary>Records a parameter, once: another value for the same name is an error here and at the server.</summary>
    /// <exception cref="ArgumentException">The name is not allowed, or has another value already.</exception>
    public void LogParam(string key, object? value)
    {
        var text = ParameterText.Of(value);
        lock (parameters)
        {
            if (!parameters.TryAdd(EntryKey.Check(key), text))
            {
                if (parameters[key] != text)
                    throw new ArgumentException($"Parameter '{key}' is '{parameters[key]}' already and cannot become '{text}'. Log what varies during a run as a metric.", nameof(key));
                return;
            }
        }
        Open.AddParameter(new(key, text));
    }

    /// <summary>Records several parameters.</summary>
    public void LogParams(IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var (key, value) in values)
            LogParam(key, value);
    }

    /// <summary>Records one point of a metric, stamped with the present time. NaN and infinities are recorded as such.</summary>
    /// <param name="key">The metric's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="step">Where in the training: an epoch, an iteration.</param>
    public void LogMetric(string key, double value, long step = 0) => Open.Add(new MetricPoint(EntryKey.Check(key), value, Now, step));

    /// <summary>Records one point of several metrics at the same step and time.</summary>
    public void LogMetrics(IEnumerable<KeyValuePair<string, double>> values, long step = 0)
    {
        var now = Now;
        Open.Add(values.Select(metric => new MetricPoint(EntryKey.Check(metric.Key), metric.Value, now, step)).ToArray());
    }

    /// <summary>Sets a tag; the last one wins.</summary>
    public void SetTag(string key, string value) => Open.AddTag(new(EntryKey.Check(key), value));

    /// <summary>Records which data the run used.</summary>
    /// <param name="dataset">Name, digest and source of the data.</param>
    /// <param name="context">For what: <c>training</c>, <c>evaluation</c> …</param>
    /// <param name="ct">Ends the call.</param>
    public Task LogInputAsync(Dataset dataset, string context = "training", CancellationToken ct = default) => wire.LogInputAsync(Id, dataset, context, ct);

    /// <summary>Sends all that is queued.</summary>
    /// <exception cref="MlflowException">Something was refused, or the server did not answer; what was not delivered still waits.</exception>
    public Task FlushAsync(CancellationToken ct = default) => queue.FlushAsync(ct);

    /// <summary>Sends all that is queued and ends the run. When this throws, the run goes on: mend what the message names and end it again.</summary>
    /// <exception cref="MlflowException">Something was refused; <see cref="MlflowException.Gaps"/> lists what a capture profile still misses.</exception>
    public async Task EndAsync(RunStatus status = RunStatus.Finished, CancellationToken ct = default)
    {
        await queue.FlushAsync(ct).ConfigureAwait(false);
        await wire.EndAsync(Id, status, options.Time.GetUtcNow(), ct).ConfigureAwait(false);
        ended = true;
    }

    /// <summary>Ends the run as failed unless it was ended before. Does not throw: what goes wrong here goes to <see cref="AssayClientOptions.Warn"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await AbandonAsync(RunStatus.Failed).ConfigureAwait(false);
        if (!disposed)
            await queue.DisposeAsync().ConfigureAwait(false);
        disposed = true;
    }

    /// <summary>The queue of a run that goes on: what is logged to one that has ended would be lost without a word.</summary>
    BatchQueue Open => ended ? throw new InvalidOperationException($"Run {Id} has ended. Log before EndAsync, or to a new run.") : queue;

    long Now => options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Ends a run that has not come to its end. The end is reported even when what was queued cannot be: two attempts, two warnings.</summary>
    internal async Task AbandonAsync(RunStatus status)
    {
        if (ended)
            return;
        ended = true;
        await TryAsync("its last entries were not recorded", () => queue.FlushAsync(CancellationToken.None)).ConfigureAwait(false);
        await TryAsync("it stays RUNNING at the server", () => wire.EndAsync(Id, status, options.Time.GetUtcNow(), CancellationToken.None)).ConfigureAwait(false);
    }

    async Task TryAsync(string consequence, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (MlflowException error)
        {
            options.Warn($"Run {Id}: {consequence}: {error.Message}");
        }
    }
}
