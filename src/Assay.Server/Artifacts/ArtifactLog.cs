using Assay.Contracts;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Artifacts;

static partial class ArtifactLog
{
    [LoggerMessage(LogLevel.Error, "The content {Digest} is damaged in the artifact store; a download of it was broken off. Restore it from a backup")]
    public static partial void Damaged(ILogger log, Digest digest);

    [LoggerMessage(LogLevel.Warning, "A download of the content {Digest} was broken off: {Reason}")]
    public static partial void BrokenOff(ILogger log, Digest digest, string reason);
}
