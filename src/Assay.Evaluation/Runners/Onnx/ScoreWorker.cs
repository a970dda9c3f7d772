using System.Text.Json;
using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>The worker's side: loads one model under limits and scores batches until its input ends. Started by <see cref="ScoreProcess"/>, never by people.</summary>
public static class ScoreWorker
{
    /// <summary>The hidden verb that starts it.</summary>
    public const string Verb = "score-worker";

    const int MostOpening = 1 << 20;

    /// <summary>Runs on the process's own standard input and output; the exit code is 0 when the parent closed the pipe.</summary>
    public static Task<int> Main(CancellationToken ct)
    {
        Limits.StandAlone();
        return Run(Console.OpenStandardInput(), Limits.TakeStandardOutput(), ct);
    }

    static async Task<int> Run(Stream input, Stream output, CancellationToken ct)
    {
        if (await Frames.ReadHead(input, MostOpening, ct) is not (FrameKind.Open, var length))
            return 2;
        var body = await Frames.ReadBody(input, length, ct);
        var open = JsonSerializer.Deserialize(body, WorkerJson.Default.OpenModel)!;
        Limits.Set(open.AddressSpace, open.CpuSeconds);
        var loaded = Guarded(() => OnnxModel.Load(open.OnnxFile, open.Folder));
        if (!loaded.Ok)
        {
            await Refuse(output, loaded.Refusal!, ct);
            return 0;
        }
        using var model = loaded.Value;
        await Frames.Write(output, FrameKind.Opened, JsonSerializer.SerializeToUtf8Bytes(model.Face, WorkerJson.Default.ModelFace), ct);
        while (await Frames.ReadHead(input, long.MaxValue, ct) is (FrameKind.Score, var size))
        {
            var batch = await TensorCodec.Receive(input, size, ct);
            var answer = Guarded(() => model.Run(batch));
            if (answer.Ok)
                await TensorCodec.Send(output, FrameKind.Scored, answer.Value, ct);
            else
                await Refuse(output, answer.Refusal!, ct);
        }
        return 0;
    }

    static Result<T> Guarded<T>(Func<Result<T>> work)
    {
        try
        {
            var result = work();
            return result.Refusal is { } refusal && IsMemory(refusal.Message) ? ScoringRefusals.Memory() : result;
        }
        catch (OutOfMemoryException)
        {
            return ScoringRefusals.Memory();
        }
    }

    /// <summary>ONNX Runtime says only in words that an allocation failed.</summary>
    static bool IsMemory(string message) =>
        message.Contains("bad_alloc", StringComparison.Ordinal) || message.Contains("bad allocation", StringComparison.OrdinalIgnoreCase)
        || message.Contains("Failed to allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("Cannot allocate memory", StringComparison.Ordinal);

    static Task Refuse(Stream output, Refusal refusal, CancellationToken ct) => Frames.Write(output, FrameKind.Refused,
        JsonSerializer.SerializeToUtf8Bytes(new WorkerRefusal(refusal.Code, refusal.Message, refusal.Mend, refusal.Field), WorkerJson.Default.WorkerRefusal), ct);
}
