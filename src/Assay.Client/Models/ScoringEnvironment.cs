using System.Text;

namespace Assay.Client;

/// <summary>The pinned Python environment that MLflow's tools score an ONNX model with, as the three files MLflow itself writes.</summary>
static class ScoringEnvironment
{
    /// <summary>The MLflow whose folder form is written: the last of the 2.x line, which 3.x reads as well.</summary>
    public const string Mlflow = "2.22.0";
    public const string Python = "3.11.7";
    public const string Onnx = "1.17.0";
    const string OnnxRuntime = "1.20.1";

    /// <summary>The runtime of the training program itself, where it has one: what was verified here is what scores there.</summary>
    public static IReadOnlyList<string> Requirements(DependencyLock? dependencies) =>
        [$"mlflow=={Mlflow}", $"onnx=={Onnx}", $"onnxruntime=={dependencies?.VersionOf("Microsoft.ML.OnnxRuntime") ?? OnnxRuntime}"];

    public static IEnumerable<ModelFile> Files(IReadOnlyList<string> requirements)
    {
        foreach (var line in requirements.Where(line => !line.Contains("==", StringComparison.Ordinal)))
            throw new ArgumentException($"Requirement '{line}' is not pinned. Write name==version, so that the environment can be made again.", nameof(requirements));
        yield return Text("requirements.txt", string.Join('\n', requirements) + "\n");
        yield return Text("python_env.yaml", $"python: {Python}\nbuild_dependencies:\n- pip==24.0\n- setuptools==70.3.0\n- wheel==0.43.0\ndependencies:\n- -r requirements.txt\n");
        yield return Text("conda.yaml",
            $"channels:\n- conda-forge\ndependencies:\n- python={Python}\n- pip=24.0\n- pip:\n{string.Concat(requirements.Select(line => $"  - {line}\n"))}name: mlflow-env\n");
    }

    static ModelFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), null);
}
