using System.Text.Json.Nodes;

namespace Assay.Tests.Builders;

/// <summary>A temporary folder with a model in MLflow's layout; gone when disposed.</summary>
internal sealed class ModelFolders : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("assay-test-").FullName;

    public string Model => System.IO.Path.Combine(Root, "model");

    public static ModelFolders With(byte[] onnx, params string[] columns) => new ModelFolders().Put(onnx, columns);

    public ModelFolders Put(byte[] onnx, params string[] columns)
    {
        var inputs = new JsonArray([.. columns.Select(c => new JsonObject { ["name"] = c, ["type"] = "double", ["required"] = true })]);
        Write("model/MLmodel", $"""
            flavors:
              onnx:
                data: model.onnx
                onnx_version: 1.17.0
              python_function:
                loader_module: mlflow.onnx
            {(columns.Length == 0 ? "" : $"signature:\n  inputs: '{inputs.ToJsonString()}'")}
            """);
        File.WriteAllBytes(System.IO.Path.Combine(Model, "model.onnx"), onnx);
        return this;
    }

    /// <summary>Writes a text file below the root and gives its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Root, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
