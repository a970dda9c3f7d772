using System.CommandLine;

namespace Assay.Cli.Settings;

/// <summary>The flags of <c>assay server</c> (interfaces §1). Each has a variable and a key in the file with the same words.</summary>
internal static class ServerFlags
{
    public static readonly Option<string[]> Listen = new("--listen") { Description = "Where to listen; repeatable. [ASSAY_LISTEN; http://127.0.0.1:5000]", HelpName = "URL" };
    public static readonly Option<string?> Data = new("--data") { Description = "Folder of database, artifacts, keys and checkpoints. [ASSAY_DATA; ./assay-data]", HelpName = "DIR" };
    public static readonly Option<string?> Database = new("--database") { Description = "PostgreSQL's address. [ASSAY_DATABASE; SQLite in DIR]", HelpName = "CONN" };
    public static readonly Option<string?> Artifacts = new("--artifacts") { Description = "Where bytes are kept: a folder, or s3://BUCKET/PREFIX with endpoint, region and keys as the AWS tools read them. [ASSAY_ARTIFACTS; DIR/artifacts]", HelpName = "URI" };
    public static readonly Option<string?> ArtifactRoot = new("--artifact-root") { Description = "What new experiments get as artifact location. [ASSAY_ARTIFACT_ROOT; mlflow-artifacts:/]", HelpName = "URI" };
    public static readonly Option<string?> Capture = new("--capture") { Description = "enforce, or observe: gaps are recorded and nothing is refused at MLflow's wire. [ASSAY_CAPTURE; enforce]", HelpName = "MODE" };
    public static readonly Option<string[]> Host = new("--host") { Description = "A further name that Host may have; repeatable. [ASSAY_HOST; loopback names]", HelpName = "NAME" };
    public static readonly Option<string?> Access = new("--access") { Description = "Access policy. [ASSAY_ACCESS; none: local mode]", HelpName = "FILE" };
    public static readonly Option<string[]> Proxy = new("--proxy") { Description = "A proxy in front whose X-Forwarded-For and X-Forwarded-Proto are believed: an address or a network; repeatable. [ASSAY_PROXY; none]", HelpName = "ADDRESS" };
    public static readonly Option<string?> RateLimit = new("--rate-limit") { Description = "Requests per second that one principal may send; ten times as many at once; 0 for no limit. Not in local mode. [ASSAY_RATE_LIMIT; 2000]", HelpName = "N" };
    public static readonly Option<bool> RotateKey = new("--rotate-key") { Description = "Sign with a new key from this start on. Stop the registry's other servers first, and give them the new key file." };
    public static readonly Option<string?> Config = new("--config") { Description = "The same settings as YAML. [ASSAY_CONFIG; DIR/assay.yaml if present]", HelpName = "FILE" };
    public static readonly Option<string?> TlsCert = new("--tls-cert") { Description = "Certificate for https, PEM. [ASSAY_TLS_CERT]", HelpName = "FILE" };
    public static readonly Option<string?> TlsKey = new("--tls-key") { Description = "Its private key, PEM. [ASSAY_TLS_KEY]", HelpName = "FILE" };

    /// <summary>All, in the order of the help.</summary>
    public static IReadOnlyList<Option> All => [Listen, Data, Database, Artifacts, ArtifactRoot, Capture, Host, Access, Proxy, RateLimit, RotateKey, Config, TlsCert, TlsKey];
}
