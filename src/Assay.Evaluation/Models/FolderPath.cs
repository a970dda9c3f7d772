namespace Assay.Evaluation.Models;

/// <summary>Paths that a file names and that must stay inside its folder, symbolic links followed.</summary>
public static class FolderPath
{
    const int MostLinks = 40;

    /// <summary>The full path of <paramref name="relative"/> inside <paramref name="folder"/>, or null when it is absolute, climbs out, or a link leads out.</summary>
    public static string? Inside(string folder, string relative)
    {
        if (string.IsNullOrEmpty(relative) || relative.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return null;
        if (relative.Split('/', '\\').Contains(".."))
            return null;
        var root = Real(Path.GetFullPath(folder));
        var real = root is null ? null : Real(Path.Combine(root, relative));
        return real is not null && real.StartsWith(root!.TrimEnd('/') + "/", StringComparison.Ordinal) ? real : null;
    }

    /// <summary>The path with every symbolic link resolved, as realpath(3); null when links go in circles.</summary>
    static string? Real(string path)
    {
        var rest = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = "";
        for (var links = 0; rest.TryPop(out var part);)
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                real = real[..Math.Max(0, real.LastIndexOf('/'))];
                continue;
            }
            var here = real + "/" + part;
            if (new FileInfo(here).LinkTarget is not { } target)
            {
                real = here;
                continue;
            }
            if (++links > MostLinks)
                return null;
            if (Path.IsPathRooted(target))
                real = "";
            foreach (var piece in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                rest.Push(piece);
        }
        return real.Length == 0 ? "/" : real;
    }
}
