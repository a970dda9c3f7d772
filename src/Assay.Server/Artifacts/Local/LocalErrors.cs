using Assay.Server.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Artifacts.Local;

static class LocalErrors
{
    /// <summary>Is it the disk? A client that went away also looks like a failed read.</summary>
    public static bool IsDisk(Exception e) => e is UnauthorizedAccessException || (e is IOException and not ConnectionResetException and not BadHttpRequestException);

    public static StoreUnavailableException Unavailable(Exception e) => new(e.Message, e);
}
