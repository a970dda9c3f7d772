namespace Assay.Server.Artifacts.Local;

/// <summary>What uploads left behind: nobody was told that it was kept.</summary>
static class Incoming
{
    /// <summary>
    /// Removes the files that were last written before a moment, those of uploads in parts among them, or all but those. Returns how many.
    /// </summary>
    public static int Remove(string folder, DateTimeOffset? before)
    {
        var old = Directory.EnumerateFiles(folder, "*", before is null ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
            .Where(file => before is not { } moment || File.GetLastWriteTimeUtc(file) < moment.UtcDateTime).ToList();
        old.ForEach(File.Delete);
        foreach (var empty in Directory.EnumerateDirectories(folder).Where(upload => before is not null && !Directory.EnumerateFileSystemEntries(upload).Any()))
            DiscardFolder(empty);
        return old.Count;
    }

    /// <summary>Removes a folder with all that is in it; whatever stops it, the next sweep comes by.</summary>
    public static void DiscardFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Removes a file; whatever stops it, the next sweep comes by.</summary>
    public static void Discard(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
