namespace Assay.Client;

/// <summary>An ONNX model to be logged.</summary>
public sealed record OnnxModel
{
    OnnxModel(ReadOnlyMemory<byte> bytes, string? file, ModelSignature signature) => (Bytes, File, Signature) = (bytes, file, signature);

    /// <summary>The model in memory; empty when it is a file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The model's file; null when it is in memory.</summary>
    public string? File { get; }

    /// <summary>What it takes and gives.</summary>
    public ModelSignature Signature { get; }

    /// <summary>A few rows that it accepts.</summary>
    public InputExample? Example { get; init; }

    /// <summary>Further files of the folder: name in the folder → file on this machine (such as the external weights an ONNX file names).</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Facts about the model, kept as <c>metadata</c> in its <c>MLmodel</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The packages that score it in Python, every one pinned (<c>name==version</c>); null: mlflow, onnx and the onnxruntime this program itself uses.</summary>
    public IReadOnlyList<string>? Requirements { get; init; }

    /// <summary>A model in memory.</summary>
    public static OnnxModel FromBytes(ReadOnlyMemory<byte> bytes, ModelSignature signature) => new(bytes, null, signature);

    /// <summary>A model in a file, which is streamed.</summary>
    public static OnnxModel FromFile(string path, ModelSignature signature) => new(default, path, signature);
}
