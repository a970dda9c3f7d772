using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Package;

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

    /// <summary>Makes the root what <c>assay pull</c> would have written; gives the version's digest.</summary>
    public Digest Pulled(string model)
    {
        var files = Directory.EnumerateFiles(Model, "*", SearchOption.AllDirectories)
            .Select(f => new PackageFile(System.IO.Path.GetRelativePath(Model, f), new FileInfo(f).Length, Digest.Of(File.ReadAllBytes(f))));
        var package = OciManifest.Build(model, "0123456789abcdef0123456789abcdef", Digest.Of("seal"), files);
        Directory.CreateDirectory(System.IO.Path.Combine(Root, "assay"));
        File.WriteAllBytes(System.IO.Path.Combine(Root, "assay", "manifest.json"), package.Manifest);
        File.WriteAllBytes(System.IO.Path.Combine(Root, "assay", "config.json"), package.Config);
        return package.Digest;
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
