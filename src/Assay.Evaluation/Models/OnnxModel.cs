using Assay.Contracts;
using Microsoft.ML.OnnxRuntime;

namespace Assay.Evaluation.Models;

/// <summary>
/// A model loaded into this process. Not for models that nobody has vetted: those are scored in a process of their own
/// (<see cref="Runners.Onnx.ScoreProcess"/>). One thread, so that sums are taken in one order and answers are the same each time.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    readonly InferenceSession session;
    readonly RunOptions options = new();

    OnnxModel(InferenceSession session, ModelFace face) => (this.session, Face) = (session, face);

    /// <summary>What the model says about itself.</summary>
    public ModelFace Face { get; }

    /// <summary>Loads an ONNX file whose external data lies inside <paramref name="folder"/>.</summary>
    public static Result<OnnxModel> Load(string onnxFile, string folder)
    {
        try
        {
            var facts = OnnxFacts.Read(onnxFile);
            if (External(facts, onnxFile, folder) is { } refusal)
                return refusal;
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            var session = new InferenceSession(onnxFile, options);
            var face = ReadFace(session, facts.Classes);
            if (face.Ok)
                return new OnnxModel(session, face.Value);
            session.Dispose();
            return face.Refusal!;
        }
        catch (FormatException e)
        {
            return ModelRefusals.NotOnnx(e.Message);
        }
        catch (Exception e) when (e is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            return ModelRefusals.DoesNotLoad(OneLine(e.Message));
        }
    }

    /// <summary>Runs the model once. Safe to call from several threads.</summary>
    public Result<IReadOnlyList<Tensor>> Run(IReadOnlyList<Tensor> inputs)
    {
        var values = new List<OrtValue>();
        try
        {
            foreach (var input in inputs)
                values.Add(OrtTensors.Give(input));
            string[] wanted = [.. Face.Outputs.Select(o => o.Name)];
            using var answers = session.Run(options, [.. inputs.Select(i => i.Name)], values, wanted);
            var outputs = new List<Tensor>();
            for (var i = 0; i < wanted.Length; i++)
            {
                var output = OrtTensors.Take(wanted[i], answers[i]);
                if (!output.Ok)
                    return output.Refusal!;
                outputs.AddRange(output.Value);
            }
            return outputs;
        }
        catch (OnnxRuntimeException e)
        {
            return ModelRefusals.DoesNotRun(OneLine(e.Message));
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        options.Dispose();
        session.Dispose();
    }

    static Refusal? External(OnnxFacts facts, string onnxFile, string folder)
    {
        // ONNX resolves locations against the model file's own folder; what counts is that they stay inside the model folder.
        var home = Path.GetRelativePath(folder, Path.GetDirectoryName(onnxFile)!);
        foreach (var location in facts.ExternalFiles)
        {
            if (FolderPath.Inside(Path.GetDirectoryName(onnxFile)!, location) is not { } file || FolderPath.Inside(folder, Path.Combine(home, location)) is null)
                return ModelRefusals.ExternalData(location);
            if (!File.Exists(file))
                return ModelRefusals.ExternalDataMissing(location);
        }
        return null;
    }

    static Result<ModelFace> ReadFace(InferenceSession session, IReadOnlyList<string> classes)
    {
        var inputs = new List<Port>();
        foreach (var (name, node) in session.InputMetadata)
        {
            if (!node.IsTensor || !TensorKinds.Known((TensorKind)(int)node.ElementDataType))
                return ModelRefusals.InputKind(name, node.IsTensor ? node.ElementDataType.ToString() : node.OnnxValueType.ToString());
            inputs.Add(new(name, (TensorKind)(int)node.ElementDataType, node.Dimensions));
        }
        var outputs = session.OutputMetadata.Select(o => o.Value.IsTensor
            ? new Port(o.Key, (TensorKind)(int)o.Value.ElementDataType, o.Value.Dimensions)
            : new Port(o.Key, TensorKind.Float, [-1, -1]));
        return new ModelFace(inputs, [.. outputs], classes);
    }

    static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
