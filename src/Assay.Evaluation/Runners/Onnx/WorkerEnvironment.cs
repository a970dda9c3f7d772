namespace Assay.Evaluation.Runners.Onnx;

/// <summary>The whole environment of a worker: only what .NET itself needs.</summary>
internal static class WorkerEnvironment
{
    public static IEnumerable<KeyValuePair<string, string>> Needed()
    {
        if (WorkerProgram.DotnetRoot() is { } root)
            yield return new("DOTNET_ROOT", root);
        // What .NET reserves for its own heap is outside the limit on addresses, so it is bounded here (hexadecimal: 512 MiB).
        yield return new("DOTNET_GCHeapHardLimit", "20000000");
        yield return new("DOTNET_gcConcurrent", "0"); // no second collecting thread with a stack and a heap of its own
        yield return new("MALLOC_ARENA_MAX", "1"); // each further arena reserves 64 MiB of addresses
        yield return new("DOTNET_EnableDiagnostics", "0"); // no debugger's socket in /tmp
        yield return new("DOTNET_TieredPGO", "0"); // it lives too briefly to profit
    }
}
