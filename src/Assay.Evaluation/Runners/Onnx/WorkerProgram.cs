using System.Reflection;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>The program that is started to score: this same <c>assay</c>.</summary>
/// <param name="FileName">What to start.</param>
/// <param name="Arguments">What to pass before the hidden verb.</param>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>An <c>assay</c> or <c>assay.dll</c> by its path.</summary>
    public static WorkerProgram At(string path) => path.EndsWith(".dll", StringComparison.Ordinal) ? new(DotnetHost(), [path]) : new(path, []);

    /// <summary>The running program when it is <c>assay</c>; otherwise the <c>assay</c> that lies beside this library. Null when there is none.</summary>
    public static WorkerProgram? Find()
    {
        if (Environment.ProcessPath is { } running && Path.GetFileNameWithoutExtension(running) == "assay")
            return new(running, []);
        if (Assembly.GetEntryAssembly() is { Location: { Length: > 0 } entry } && Path.GetFileName(entry) == "assay.dll")
            return At(entry);
        string[] beside = ["assay", "assay.dll"];
        return beside.Select(name => Path.Combine(AppContext.BaseDirectory, name)).FirstOrDefault(File.Exists) is { } found ? At(found) : null;
    }

    /// <summary>Where .NET is installed, which an empty environment would not tell; null for a program that brings its own.</summary>
    internal static string? DotnetRoot()
    {
        var core = typeof(object).Assembly.Location; // ROOT/shared/Microsoft.NETCore.App/VERSION/System.Private.CoreLib.dll
        var root = core.Length == 0 ? null : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(core)!, "..", "..", ".."));
        return root is not null && Directory.Exists(Path.Combine(root, "shared")) ? root : null;
    }

    static string DotnetHost() => DotnetRoot() is { } root && File.Exists(Path.Combine(root, "dotnet")) ? Path.Combine(root, "dotnet") : "dotnet";
}
