namespace Assay.Client;

/// <summary>A git remote as it may be recorded: without user, password or token.</summary>
static class RemoteUrl
{
    /// <summary>
    /// Strips what may be secret. Of ssh addresses the login name stays (it is an address there: <c>git@host:path</c>);
    /// of all others user, password, query and fragment go.
    /// </summary>
    public static string WithoutCredentials(string remote)
    {
        if (!remote.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(remote, UriKind.Absolute, out var uri))
            return remote;
        if (uri.IsFile || (uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0))
            return remote;
        var user = uri.Scheme is "ssh" or "git+ssh" or "ssh+git" ? uri.UserInfo.Split(':')[0] : "";
        var port = uri.IsDefaultPort || uri.Port < 0 ? "" : $":{uri.Port}";
        return $"{uri.Scheme}://{(user.Length > 0 ? user + "@" : "")}{uri.Host}{port}{uri.AbsolutePath}";
    }
}
