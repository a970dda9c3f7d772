namespace Assay.Server.Artifacts.Local;

/// <summary>What uploads left behind: nobody was told that it was kept.</summary>
static class Incoming
{
    /// <summary>Removes the files of a folder that were last written before a moment, or all. Returns how many.</summary>
    public static int Remove(string folder, DateTimeOffset? before)
    {
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (before is { } moment && File.GetLastWriteTimeUtc(file) >= moment.UtcDateTime)
                continue;
            File.Delete(file);
            removed++;
        }
        return removed;
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
