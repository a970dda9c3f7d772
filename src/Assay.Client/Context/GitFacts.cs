namespace Assay.Client;

/// <summary>What git says about the folder a program runs in. Null means unknown, never "clean".</summary>
/// <param name="Commit">The 40 or 64 hex digits of HEAD.</param>
/// <param name="Dirty">Are there changes, staged or not, or files that are neither committed nor ignored?</param>
/// <param name="Repository">The remote's URL without credentials.</param>
/// <param name="Branch">The branch; null on a detached HEAD.</param>
/// <param name="Problem">Why something is unknown, in one sentence; null when all is known.</param>
sealed record GitFacts(string? Commit, bool? Dirty, string? Repository, string? Branch, string? Problem)
{
    /// <summary>Asks git, as a process, about a folder. Never throws because of git: what it cannot say is null with a reason.</summary>
    /// <param name="directory">A folder inside the work tree.</param>
    /// <param name="ct">Ends the questions.</param>
    public static async Task<GitFacts> AskAsync(string directory, CancellationToken ct = default)
    {
        var head = await GitProcess.AskAsync(directory, ct, "rev-parse", "HEAD").ConfigureAwait(false);
        if (!head.Said)
            return new(null, null, null, null, head.Problem);
        var status = await GitProcess.AskAsync(directory, ct, "status", "--porcelain").ConfigureAwait(false);
        var branch = await GitProcess.AskAsync(directory, ct, "symbolic-ref", "--quiet", "--short", "HEAD").ConfigureAwait(false);
        var remote = await RemoteAsync(directory, ct).ConfigureAwait(false);
        return new(
            head.Text,
            status.Said ? status.Text.Length > 0 : null,
            remote.Said ? RemoteUrl.WithoutCredentials(remote.Text) : null,
            branch.Said ? branch.Text : null,
            status.Problem ?? (remote.Said ? null : "the repository has no remote 'origin'"));
    }

    /// <summary>The remote named origin, or the only one there is.</summary>
    static async Task<GitAnswer> RemoteAsync(string directory, CancellationToken ct)
    {
        var origin = await GitProcess.AskAsync(directory, ct, "remote", "get-url", "origin").ConfigureAwait(false);
        if (origin.Said)
            return origin;
        var all = await GitProcess.AskAsync(directory, ct, "remote").ConfigureAwait(false);
        return all.Said && all.Text.Length > 0 && !all.Text.Contains('\n', StringComparison.Ordinal)
            ? await GitProcess.AskAsync(directory, ct, "remote", "get-url", all.Text).ConfigureAwait(false)
            : origin;
    }
}
