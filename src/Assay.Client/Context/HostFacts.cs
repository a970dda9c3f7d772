using System.Globalization;
using System.Runtime.InteropServices;

namespace Assay.Client;

/// <summary>The machine a program runs on, as run tags. Memory and cores are those the process may use (a container's limits count).</summary>
static class HostFacts
{
    /// <summary>Tags <c>host.os</c>, <c>hardware.arch</c>, <c>hardware.cores</c>, <c>hardware.memory_bytes</c>, <c>hardware.cpu</c> and, where there is one, <c>hardware.gpu</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var tags = new Dictionary<string, string>
        {
            ["host.os"] = RuntimeInformation.OSDescription,
            ["hardware.arch"] = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
            ["hardware.cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["hardware.memory_bytes"] = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes.ToString(CultureInfo.InvariantCulture),
        };
        if (Values("/proc/cpuinfo", "model name").FirstOrDefault() is { } cpu)
            tags["hardware.cpu"] = cpu;
        if (Gpus() is { Length: > 0 } gpus)
            tags["hardware.gpu"] = gpus;
        return tags;
    }

    static string Gpus()
    {
        const string drivers = "/proc/driver/nvidia/gpus";
        return Directory.Exists(drivers)
            ? string.Join(", ", Directory.EnumerateDirectories(drivers).Order(StringComparer.Ordinal).SelectMany(gpu => Values(Path.Combine(gpu, "information"), "Model")))
            : "";
    }

    static IEnumerable<string> Values(string file, string key) =>
        File.Exists(file)
            ? from line in File.ReadLines(file)
              let colon = line.IndexOf(':', StringComparison.Ordinal)
              where colon > 0 && line.AsSpan(0, colon).Trim().SequenceEqual(key)
              select line[(colon + 1)..].Trim()
            : [];
}
