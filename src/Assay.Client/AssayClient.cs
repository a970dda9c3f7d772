using System.Net;

namespace Assay.Client;

/// <summary>
/// Logs training runs over MLflow's protocol, to Assay or to any MLflow server, and captures by itself what a registry later asks for.
/// <code>
/// using var client = new AssayClient();
/// await using var run = await client.StartRunAsync("fraud-training", new() { Seed = 7 });
/// run.LogParam("learning_rate", 0.1);
/// run.LogMetric("auc", 0.91);
/// await run.LogOnnxModelAsync(model);
/// await run.EndAsync();
/// </code>
/// </summary>
public sealed class AssayClient : IDisposable
{
    readonly AssayClientOptions options;
    readonly HttpClient http;
    readonly bool ownsHttp;
    readonly MlflowWire mlflow;

    /// <summary>A client of the server that the options, or else the environment, name. Nothing is sent yet.</summary>
    /// <param name="options">Address, token, retries; every one has a default.</param>
    /// <param name="http">Sends the requests; it is not disposed. Null: one of our own.</param>
    /// <exception cref="ArgumentException">The address is no http or https address.</exception>
    public AssayClient(AssayClientOptions? options = null, HttpClient? http = null)
    {
        this.options = options ?? new();
        Server = ServerAddress.Resolve(this.options.Server, this.options.Variable);
        ownsHttp = http is null;
        this.http = http ?? OwnHttp(Server);
        var retrying = new Retrying(this.options.Retries, this.options.FirstRetryDelay, this.options.Time);
        mlflow = new(this.http, Server, Credentials.Resolve(this.options.Token, this.options.Variable), retrying, this.options.Timeout);
    }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>The experiment of this name; it is created when there is none.</summary>
    /// <exception cref="MlflowException">The experiment is deleted, or the server refused.</exception>
    public async Task<Experiment> ExperimentAsync(string name, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (await FindAsync(name, ct).ConfigureAwait(false) is { } found)
            return found;
        try
        {
            await mlflow.PostAsync("experiments/create", body => body.WriteString("name", name), ct).ConfigureAwait(false);
        }
        catch (MlflowException error) when (error.ErrorCode == "RESOURCE_ALREADY_EXISTS")
        {
            // Another job was quicker: its experiment is ours too.
        }
        return await FindAsync(name, ct).ConfigureAwait(false)
            ?? throw new MlflowException("RESOURCE_DOES_NOT_EXIST", $"Experiment '{name}' was created but is not to be found at {Server}.", HttpStatusCode.NotFound);
    }

    /// <summary>Starts a run, with all that can be captured around it.</summary>
    /// <param name="experiment">The experiment's name; created when there is none.</param>
    /// <param name="run">Name, seed, tags; what to capture.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="MlflowException">The server refused, or did not answer.</exception>
    public async Task<Run> StartRunAsync(string experiment, RunOptions? run = null, CancellationToken ct = default)
    {
        run ??= new();
        var parent = await ExperimentAsync(experiment, ct).ConfigureAwait(false);
        var (tags, context) = await RunTags.GatherAsync(run, options.Variable, ct).ConfigureAwait(false);
        var wire = new RunWire(mlflow);
        var started = await wire.CreateAsync(parent.Id, tags, options.Time.GetUtcNow(), ct).ConfigureAwait(false);
        var open = new Run(wire, started, context, options);
        if (run.CaptureEnvironment)
            await ClosedOnErrorAsync(open, () => open.LogEnvironmentAsync(run.DependenciesFile, ct)).ConfigureAwait(false);
        return open;
    }

    /// <summary>Runs a training as one run: finished when it returns, killed when it is cancelled, failed when it throws.</summary>
    public async Task<string> RunAsync(string experiment, Func<Run, Task> training, RunOptions? run = null, CancellationToken ct = default)
    {
        await using var open = await StartRunAsync(experiment, run, ct).ConfigureAwait(false);
        try
        {
            await training(open).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await open.AbandonAsync(RunStatus.Killed).ConfigureAwait(false);
            throw;
        }
        await open.EndAsync(RunStatus.Finished, ct).ConfigureAwait(false);
        return open.Id;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsHttp)
            http.Dispose();
    }

    async Task<Experiment?> FindAsync(string name, CancellationToken ct)
    {
        try
        {
            var answer = await mlflow.GetAsync("experiments/get-by-name", "experiment_name", name, ct).ConfigureAwait(false);
            return Experiment.Read(answer.GetProperty("experiment"));
        }
        catch (MlflowException error) when (error.ErrorCode == "RESOURCE_DOES_NOT_EXIST")
        {
            return null;
        }
    }

    static async Task ClosedOnErrorAsync(Run run, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>No time limit of its own (uploads are long) and no proxy towards this machine: a server in local mode refuses what came through one.</summary>
    static HttpClient OwnHttp(Uri server) => new(new SocketsHttpHandler
    {
        UseProxy = !server.IsLoopback,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
    })
    { Timeout = Timeout.InfiniteTimeSpan };
}
