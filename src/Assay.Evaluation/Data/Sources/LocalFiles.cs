using Assay.Contracts;
using Assay.Evaluation.Data.Formats;

namespace Assay.Evaluation.Data.Sources;

/// <summary>Data on this machine: a file, a folder or a pattern, relative to the suite's folder, or a <c>file://</c> address.</summary>
internal static class LocalFiles
{
    const string Scheme = "file://";

    public static bool Takes(string uri) => uri.StartsWith(Scheme, StringComparison.Ordinal) || !HasScheme(uri);

    public static Result<DataFiles> Find(string uri, string folder)
    {
        try
        {
            var path = Path.GetFullPath(Path.Combine(folder, uri.StartsWith(Scheme, StringComparison.Ordinal) ? Uri.UnescapeDataString(uri[Scheme.Length..]) : uri));
            if (File.Exists(path))
                return new DataFiles([new(Path.GetFileName(path), path)], single: true);
            var files = Directory.Exists(path) ? Below(path, "**/*") : FilePattern.Is(path) ? Matching(path) : null;
            return files switch
            {
                null => DataRefusals.NoData(uri, $"there is no file {path}."),
                { Count: 0 } => DataRefusals.NoData(uri, $"no file in {path} has a name that ends in {DataRefusals.Endings}."),
                { Count: > DataLimits.MostFiles } => DataRefusals.TooMany(uri, "files", files.Count, DataLimits.MostFiles),
                _ => new DataFiles(files, single: false),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UriFormatException)
        {
            return DataRefusals.NoData(uri, e.Message);
        }
    }

    static List<DataFile> Matching(string path)
    {
        var (root, pattern) = FilePattern.Split(path);
        return Below(root, pattern);
    }

    /// <summary>Files of known formats whose path matches; hidden ones and those of writers' own, such as _SUCCESS, are left alone.</summary>
    static List<DataFile> Below(string root, string pattern)
    {
        if (!Directory.Exists(root))
            return [];
        var matches = FilePattern.Of(pattern);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => new DataFile(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), file))
            .Where(file => DataFormats.Known(file.Name) && !file.Name.Split('/').Any(part => part[0] is '.' or '_') && matches.IsMatch(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    static bool HasScheme(string uri)
    {
        var colon = uri.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && uri[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }
}
