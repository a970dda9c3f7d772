namespace Assay.Server;

static class StartRefusals
{
    /// <summary>Why the machine did not let the server start, and what to do.</summary>
    public static string Of(Exception e, ServerOptions options) => e switch
    {
        Microsoft.AspNetCore.Connections.AddressInUseException or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{string.Join(", ", options.Listen)} is taken by another program. Stop that one, or give another address with --listen http://127.0.0.1:PORT.",
        UnauthorizedAccessException => $"{e.Message} Make {options.Data} writable for the user that runs the server, or give another folder with --data DIR.",
        _ => $"The server cannot start: {e.Message}",
    };
}
