using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Server.Storage;

/// <summary>Files that are on the disk, whole, once a method returns: written beside, synced, renamed, the folder synced.</summary>
public static partial class DurableFile
{
    const int ReadOnly = 0, Folder = 0x10000;
    const uint Begin = 2;

    /// <summary>Writes a file so that a crash leaves the old one or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var beside = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.new";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        MoveInto(beside, path);
    }

    /// <summary>Renames a synced file into place and syncs the folder.</summary>
    public static void MoveInto(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Makes a folder's entries durable (fsync on the folder; .NET has no call for it).</summary>
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, ReadOnly | Folder);
        if (handle < 0)
            throw new IOException($"the folder {folder} cannot be opened to sync it (errno {Marshal.GetLastPInvokeError()})");
        try
        {
            if (Sync(handle) != 0)
                throw new IOException($"the folder {folder} cannot be synced (errno {Marshal.GetLastPInvokeError()})");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>Tells the system to begin writing a range of a file to the disk, so that a sync later finds little left to do. Promises nothing.</summary>
    public static void BeginWriting(SafeFileHandle file, long from, long count)
    {
        if (OperatingSystem.IsLinux())
            _ = SyncRange(file, from, count, Begin);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncRange(SafeFileHandle file, long from, long count, uint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
