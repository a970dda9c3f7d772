namespace Assay.Client;

/// <summary>A path inside a run's artifacts: relative, forward slashes, no way out.</summary>
static class ArtifactPath
{
    public static string Join(string? folder, string name) => Check(string.IsNullOrEmpty(folder) ? name : $"{folder.TrimEnd('/')}/{name}");

    public static string Check(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (path.Contains('\\', StringComparison.Ordinal) || path.Contains('#', StringComparison.Ordinal) || path.Split('/').Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{path}' is no artifact path: it is relative, has forward slashes, and neither '#', '.' nor '..' as a part.", nameof(path));
        return path;
    }
}
