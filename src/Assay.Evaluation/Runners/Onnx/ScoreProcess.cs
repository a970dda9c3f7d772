using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assay.Contracts;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Onnx;

/// <summary>
/// One process that has one model open. Limited address space and processor time, an empty environment, an empty folder to stand in,
/// killed when it does not answer in time. One question at a time.
/// </summary>
public sealed class ScoreProcess : IAsyncDisposable
{
    static readonly TimeSpan Parting = TimeSpan.FromSeconds(5);
    readonly Process process;
    readonly DirectoryInfo standsIn;
    readonly ScoringLimits limits;
    readonly Task<string> said;

    ScoreProcess(Process process, DirectoryInfo standsIn, ScoringLimits limits)
    {
        (this.process, this.standsIn, this.limits) = (process, standsIn, limits);
        Id = process.Id;
        said = LastWords(process.StandardError);
        Limits.Widen(process.StandardInput.BaseStream);
        Limits.Widen(process.StandardOutput.BaseStream);
    }

    /// <summary>What the model says about itself.</summary>
    public ModelFace Face { get; private set; } = new([], [], []);

    /// <summary>The process's number.</summary>
    public int Id { get; }

    /// <summary>Has it ended? Then nothing more can be asked.</summary>
    public bool Ended { get; private set; }

    /// <summary>Starts a worker and loads the model in it.</summary>
    public static async Task<Result<ScoreProcess>> Start(ModelFolder model, ScoringLimits limits, WorkerProgram? program, CancellationToken ct)
    {
        if ((program ?? WorkerProgram.Find()) is not { } worker)
            return ScoringRefusals.NoProgram();
        var standsIn = Directory.CreateTempSubdirectory("assay-score-");
        Process? process;
        try
        {
            process = Process.Start(How(worker, standsIn.FullName));
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            standsIn.Delete(recursive: true);
            return ScoringRefusals.DoesNotStart(worker.FileName, e.Message);
        }
        var started = new ScoreProcess(process!, standsIn, limits);
        var open = new OpenModel(model.OnnxFile, model.Path, limits.AddressSpace, (long)Math.Ceiling(limits.Cpu.TotalSeconds));
        var answer = await started.Ask((stdin, until) => Frames.Write(stdin, FrameKind.Open, JsonSerializer.SerializeToUtf8Bytes(open, WorkerJson.Default.OpenModel), until),
            FrameKind.Opened, Frames.ReadBody, limits.Load, ScoringRefusals.Load, ct);
        if (!answer.Ok)
        {
            await started.DisposeAsync();
            return answer.Refusal!;
        }
        try
        {
            started.Face = JsonSerializer.Deserialize(answer.Value, WorkerJson.Default.ModelFace)!;
            return started;
        }
        catch (JsonException e)
        {
            await started.DisposeAsync();
            return ScoringRefusals.Nonsense(e.Message);
        }
    }

    /// <summary>Runs the model once on these tensors, within <paramref name="time"/>.</summary>
    public Task<Result<IReadOnlyList<Tensor>>> Score(IReadOnlyList<Tensor> inputs, TimeSpan time, CancellationToken ct) =>
        Ask((stdin, until) => TensorCodec.Send(stdin, FrameKind.Score, inputs, until), FrameKind.Scored, TensorCodec.Receive, time, ScoringRefusals.Call, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await End(() => ScoringRefusals.NoProgram());
        process.Dispose();
        if (Directory.Exists(standsIn.FullName))
            standsIn.Delete(recursive: true);
    }

    async Task<Result<T>> Ask<T>(Func<Stream, CancellationToken, Task> question, FrameKind wanted, Func<Stream, long, CancellationToken, Task<T>> read,
        TimeSpan time, Func<TimeSpan, Refusal> late, CancellationToken ct)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timer.CancelAfter(time);
        try
        {
            await question(process.StandardInput.BaseStream, timer.Token);
            var from = process.StandardOutput.BaseStream;
            if (await Frames.ReadHead(from, limits.Answer, timer.Token) is not var (kind, length))
                return await End(null);
            if (kind == wanted)
                return await read(from, length, timer.Token);
            return kind == FrameKind.Refused && Refused(await Frames.ReadBody(from, length, timer.Token)) is { } refused
                ? refused : await End(() => ScoringRefusals.Nonsense($"a frame of kind {(int)kind}"));
        }
        catch (OperationCanceledException)
        {
            var refusal = await End(() => late(time));
            ct.ThrowIfCancellationRequested();
            return refusal;
        }
        catch (InvalidDataException e)
        {
            return await End(() => ScoringRefusals.Nonsense(e.Message));
        }
        catch (IOException)
        {
            return await End(null);
        }
    }

    static Refusal? Refused(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, WorkerJson.Default.WorkerRefusal) is { } why ? new(RefusalKind.Invalid, why.Code, why.Message, why.Mend, why.Field) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Ends the process. Without a reason given, the way in which it died is the reason.</summary>
    async Task<Refusal> End(Func<Refusal>? reason)
    {
        if (!Ended)
        {
            Ended = true;
            using var parting = new CancellationTokenSource(Parting);
            try
            {
                if (reason is not null && !process.HasExited)
                    process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(parting.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        return reason is not null ? reason() : Death(process.ExitCode, await said);
    }

    Refusal Death(int code, string words) => code switch
    {
        128 + 24 => ScoringRefusals.Cpu(limits.Cpu),
        _ when words.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) || words.Contains("OutOfMemory", StringComparison.Ordinal)
            || words.Contains("bad_alloc", StringComparison.Ordinal) || words.Contains("Failed to create", StringComparison.Ordinal) => ScoringRefusals.Memory(),
        128 + 9 => ScoringRefusals.Crashed("killed from outside, perhaps because the machine was out of memory", words),
        > 128 => ScoringRefusals.Crashed(string.Create(CultureInfo.InvariantCulture, $"signal {code - 128}"), words),
        _ => ScoringRefusals.Crashed(string.Create(CultureInfo.InvariantCulture, $"exit code {code}"), words),
    };

    static ProcessStartInfo How(WorkerProgram worker, string standsIn)
    {
        var how = new ProcessStartInfo(worker.FileName)
        {
            WorkingDirectory = standsIn,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in worker.Arguments)
            how.ArgumentList.Add(argument);
        how.ArgumentList.Add(ScoreWorker.Verb);
        how.Environment.Clear(); // no token, no address, no path of ours reaches the model
        foreach (var (name, value) in WorkerEnvironment.Needed())
            how.Environment[name] = value;
        return how;
    }

    /// <summary>The last lines that it wrote to standard error; all is read, so that it never waits on a full pipe.</summary>
    static async Task<string> LastWords(StreamReader error)
    {
        const int most = 600;
        var last = "";
        while (await error.ReadLineAsync() is { } line)
        {
            last += (last.Length > 0 ? " " : "") + line.Trim()[..Math.Min(line.Trim().Length, most)];
            if (last.Length > 2 * most)
                last = last[..most] + last[^most..];
        }
        return last.Length > most ? last[..most] : last;
    }
}
