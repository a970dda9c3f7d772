namespace Assay.Client;

/// <summary>How a client reaches the server. Everything has a default; the environment fills what is not given.</summary>
public sealed record AssayClientOptions
{
    /// <summary>The server's address; null: <see cref="ServerAddress"/>.</summary>
    public string? Server { get; init; }

    /// <summary>A bearer token; null: <see cref="Credentials"/>.</summary>
    public string? Token { get; init; }

    /// <summary>How often a call is tried again that may pass later (0 or more; MLflow's count, 7).</summary>
    public int Retries { get; init; } = 7;

    /// <summary>The wait before the first retry; it doubles, up to 30 s. 250 ms.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one attempt of a JSON call may take; uploads have no limit. 120 s, as MLflow's client.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long queued parameters, metrics and tags wait at most before they are sent. 1 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock of timestamps, timers and retries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Takes what cannot be thrown, such as a failure while a run is disposed after another error. Standard error unless set.</summary>
    public Action<string> Warn { get; init; } = Console.Error.WriteLine;
}
