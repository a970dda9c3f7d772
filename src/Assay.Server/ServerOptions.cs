using Assay.Server.Artifacts.S3;

namespace Assay.Server;

/// <summary>What happens at MLflow's wire to a run that is incomplete.</summary>
public enum CaptureMode
{
    /// <summary>It is refused, with every gap.</summary>
    Enforce,
    /// <summary>The gaps are recorded; nothing is refused at the wire, and nothing incomplete is admitted.</summary>
    Observe,
}

/// <summary>How the server was asked to run (interfaces §1).</summary>
public sealed record ServerOptions
{
    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<string> Listen { get; init; } = ["http://127.0.0.1:5000"];

    /// <summary>The folder of database, artifacts, keys and checkpoints.</summary>
    public string Data { get; init; } = "./assay-data";

    /// <summary>PostgreSQL's address; null for SQLite in <see cref="Data"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Where bytes are kept: a folder or <c>s3://bucket/prefix</c>; null for <c>DIR/artifacts</c>.</summary>
    public string? Artifacts { get; init; }

    /// <summary>How the bucket is reached; null: as the AWS tools reach it.</summary>
    public S3Settings? S3 { get; init; }

    /// <summary>What new experiments get as artifact location.</summary>
    public string ArtifactRoot { get; init; } = "mlflow-artifacts:/";

    /// <summary>Enforce or observe.</summary>
    public CaptureMode Capture { get; init; } = CaptureMode.Enforce;

    /// <summary>Further names that <c>Host</c> may have.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The access policy file; null for local mode.</summary>
    public string? Access { get; init; }

    /// <summary>Sign with a new key from this start on.</summary>
    public bool RotateKey { get; init; }

    /// <summary>Proxies in front whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: addresses or networks (<c>10.0.0.0/8</c>).</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Requests per second that one principal may send, and ten times as many at once; of unknown callers a hundredth per address. 0: no limit. Not in local mode.</summary>
    public int RateLimit { get; init; } = 2000;

    /// <summary>PEM files for https.</summary>
    public string? TlsCert { get; init; }

    /// <inheritdoc cref="TlsCert"/>
    public string? TlsKey { get; init; }
}
