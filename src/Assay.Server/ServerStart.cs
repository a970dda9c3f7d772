using System.Net;
using Assay.Server.Storage;

namespace Assay.Server;

/// <summary>What must hold before a server starts: a half-configured start is refused with a sentence that says what to do.</summary>
static class ServerStart
{
    public static void Check(ServerOptions options)
    {
        if (options.Access is not null)
            throw new StartRefusedException("--access names an access policy, but this version knows local mode only: it would not enforce it. Start without --access, on a loopback address.");
        foreach (var address in options.Listen)
            CheckAddress(address, options);
    }

    static void CheckAddress(string address, ServerOptions options)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new StartRefusedException($"--listen {address} is no address. Give a URL such as http://127.0.0.1:5000.");
        if (uri.Scheme == "https" && (options.TlsCert is null || options.TlsKey is null))
            throw new StartRefusedException($"--listen {address} needs --tls-cert FILE and --tls-key FILE (PEM).");
        var loopback = uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        if (!loopback)
            throw new StartRefusedException($"--listen {address} is open to the network, but no identity is configured: everybody there could change everything. Listen on http://127.0.0.1:{uri.Port}, or configure identity with --access FILE.");
    }

    /// <summary>Makes the data folder (0700) and takes it for this process; two servers on one SQLite file would be one too many.</summary>
    public static FileStream TakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {folder} cannot be made ({e.Message}). Give a writable folder with --data DIR.", e);
        }
        try
        {
            return new(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartRefusedException($"The data folder {folder} cannot be written ({e.Message}). Make it writable for the user that runs the server, or give another with --data DIR.", e);
        }
        catch (IOException e)
        {
            throw new StartRefusedException($"The data folder {folder} is in use by another Assay server, or cannot be written ({e.Message}). Stop the other one, or give another folder with --data DIR.", e);
        }
    }
}
