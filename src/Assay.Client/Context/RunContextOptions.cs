namespace Assay.Client;

/// <summary>Where <see cref="RunContext"/> looks.</summary>
public sealed record RunContextOptions
{
    /// <summary>A folder inside the work tree of the training code; null: the current folder.</summary>
    public string? Directory { get; init; }

    /// <summary>The seed of the run; null: <c>ASSAY_SEED</c> or <c>MLFLOW_SEED</c>.</summary>
    public long? Seed { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}
