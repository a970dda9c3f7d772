using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>The kernel's limits of a process (setrlimit(2), prctl(2)), set by the worker on itself before it opens any model.</summary>
internal static partial class Limits
{
    const int Cpu = 0, Core = 4, AddressSpace = 9;
    const int DieWithParent = 1, Kill = 9, NoNewPrivileges = 38;
    const int SetPipeSize = 1031;

    /// <summary>Makes the process the head of its own session, so that it can be killed with all it might start, and dies with its parent.</summary>
    public static void StandAlone()
    {
        _ = setsid();
        _ = prctl(DieWithParent, Kill, 0, 0, 0);
        _ = prctl(NoNewPrivileges, 1, 0, 0, 0);
    }

    /// <summary>Takes standard output for the protocol alone; whatever a library prints goes to standard error.</summary>
    public static Stream TakeStandardOutput()
    {
        var kept = dup(1);
        if (kept < 0 || dup2(2, 1) < 0)
            throw new IOException("standard output cannot be taken");
        return new FileStream(new SafeFileHandle(kept, ownsHandle: true), FileAccess.Write, 0);
    }

    /// <summary>Gives a pipe room for a mebibyte, so that big batches need fewer turns; where the kernel says no, it stays as it is.</summary>
    public static void Widen(Stream pipe)
    {
        if (pipe is PipeStream { SafePipeHandle: var handle })
            _ = fcntl(handle, SetPipeSize, 1 << 20);
    }

    /// <summary>Sets the limits; throws when the kernel refuses, for a model is not opened without them.</summary>
    public static void Set(long addressSpace, long cpuSeconds)
    {
        Set(Core, 0, 0);
        Set(Cpu, cpuSeconds, cpuSeconds + 1); // SIGXCPU says which limit it was; a second later SIGKILL, should that be caught
        var most = OwnAddressSpace() + addressSpace;
        Set(AddressSpace, most, most);
    }

    /// <summary>What is mapped now, in bytes: the first number of /proc/self/statm, in pages.</summary>
    static long OwnAddressSpace() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    static void Set(int what, long soft, long hard)
    {
        var limit = new RLimit { Soft = (nuint)soft, Hard = (nuint)hard };
        if (setrlimit(what, ref limit) != 0)
            throw new InvalidOperationException($"setrlimit({what}) failed with {Marshal.GetLastPInvokeError()}");
    }

    [StructLayout(LayoutKind.Sequential)]
    struct RLimit
    {
        public nuint Soft;
        public nuint Hard;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, ref RLimit limit);

    [LibraryImport("libc")]
    private static partial int fcntl(SafePipeHandle descriptor, int command, int value);

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc")]
    private static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);
}
