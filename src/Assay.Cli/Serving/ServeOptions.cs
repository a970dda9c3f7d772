namespace Assay.Cli.Serving;

/// <summary>What <c>assay serve</c> needs to know.</summary>
/// <param name="Folder">The folder that <c>assay pull</c> wrote.</param>
internal sealed record ServeOptions(string Folder)
{
    /// <summary>Where to listen. Port 0 takes any free one. Default http://127.0.0.1:5090.</summary>
    public string Listen { get; init; } = "http://127.0.0.1:5090";

    /// <summary>Where to answer the Open Inference Protocol over gRPC, which needs an address of its own; null for nowhere.</summary>
    public string? Grpc { get; init; }

    /// <summary>The model that the folder must hold; null for any.</summary>
    public string? Model { get; init; }

    /// <summary>The longest body of a request in bytes. Default 32 MiB.</summary>
    public long MostBody { get; init; } = 32 << 20;
}
