using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Bench;

/// <summary>How often a second the disk takes a page at the end of a file and says that it is there.</summary>
static partial class DiskSync
{
    public static double Measure(double seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var page = new byte[4096];
        try
        {
            using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write);
            var watch = Stopwatch.StartNew();
            var n = 0;
            for (; watch.Elapsed.TotalSeconds < seconds; n++)
            {
                RandomAccess.Write(handle, page, n * 4096L);
                if (Sync(handle) != 0)
                    throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeError()}");
            }
            return n / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(file);
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);
}
