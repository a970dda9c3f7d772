using System.Net;
using Assay.Server.Storage;

namespace Assay.Server;

/// <summary>What must hold before a server starts: a half-configured start is refused with a sentence that says what to do.</summary>
static class ServerStart
{
    public static void Check(ServerOptions options)
    {
        foreach (var address in options.Listen)
            CheckAddress(address, options);
    }

    /// <summary>Local mode is for this machine alone: everybody else could change everything.</summary>
    public static void CheckOpen(ServerOptions options)
    {
        foreach (var uri in options.Listen.Select(a => new Uri(a)).Where(u => !IsLoopback(u)))
            throw new StartRefusedException($"--listen {uri} is open to the network, but no identity is configured: everybody there could change everything. Listen on http://127.0.0.1:{uri.Port}, or configure identity with --access FILE.");
    }

    static void CheckAddress(string address, ServerOptions options)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new StartRefusedException($"--listen {address} is no address. Give a URL such as http://127.0.0.1:5000.");
        if (uri.Scheme == "https" && (options.TlsCert is null || options.TlsKey is null))
            throw new StartRefusedException($"--listen {address} needs --tls-cert FILE and --tls-key FILE (PEM).");
    }

    static bool IsLoopback(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

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
