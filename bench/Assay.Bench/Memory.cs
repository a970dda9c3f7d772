using System.Globalization;

namespace Assay.Bench;

/// <summary>What another process keeps in memory.</summary>
static class Memory
{
    /// <summary>Megabytes that are resident now; null without a process.</summary>
    public static double? Resident(int? process) => process is null ? null
        : double.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
}
