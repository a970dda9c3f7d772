using System.Diagnostics;

namespace Assay.Tests.Unit.Client;

/// <summary>A git repository in a temporary folder, with a space in its path.</summary>
sealed class GitFolder : IDisposable
{
    GitFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"assay git {Guid.NewGuid():N}");

    public string Head => Git("rev-parse", "HEAD");

    public static GitFolder Empty() => new();

    public static GitFolder Committed(string? remote = null)
    {
        var folder = new GitFolder();
        folder.Git("init", "--quiet", "--initial-branch=main");
        folder.Write("train.cs", "return 0;");
        folder.Git("add", ".");
        folder.Git("-c", "user.name=t", "-c", "user.email=t@example", "commit", "--quiet", "-m", "Train");
        if (remote is not null)
            folder.Git("remote", "add", "origin", remote);
        return folder;
    }

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Path, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"git {arguments[0]}: exit {process.ExitCode}");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
