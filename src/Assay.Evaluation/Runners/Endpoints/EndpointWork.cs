using Assay.Contracts;
using Assay.Evaluation.Runners.Onnx;

namespace Assay.Evaluation.Runners.Endpoints;

/// <summary>What all questions to one endpoint have in common: where it is, whom it must serve, the limits, the lanes and the clock.</summary>
internal sealed class EndpointWork(RunnerChoice choice, Digest? digest, ScoringLimits limits, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    readonly long started = clock.GetTimestamp();
    readonly SemaphoreSlim room = new(Math.Max(1, limits.Lanes));

    public RunnerChoice Choice => choice;

    public Uri Url => choice.Url!;

    public ScoringLimits Limits => limits;

    public int Lanes => Math.Max(1, limits.Lanes);

    /// <summary>Does what the endpoint says that it serves fit? What is no digest says nothing.</summary>
    public Refusal? Check(string? served) =>
        digest is { } wanted && served is not null && Digest.TryParse(served, out var found) && found != wanted ? EndpointRefusals.OtherVersion(Url, wanted, served) : null;

    /// <summary>One question: waits for a lane and gives it so much time, but not more than is left of all.</summary>
    public async Task<Result<T>> Within<T>(TimeSpan? time, Func<CancellationToken, Task<Result<T>>> ask, CancellationToken ct)
    {
        await room.WaitAsync(ct);
        var (allowed, left) = (time ?? limits.Call, limits.Wall - clock.GetElapsedTime(started));
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            if (left <= TimeSpan.Zero)
                return ScoringRefusals.Wall(limits.Wall);
            timer.CancelAfter(allowed < left ? allowed : left);
            return await ask(timer.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return allowed < left ? ScoringRefusals.Call(allowed) : ScoringRefusals.Wall(limits.Wall);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Asks again, a few times, where nothing was answered at all: <paramref name="ask"/> gives null then, and why.</summary>
    public async Task<Result<T>> Patiently<T>(Func<Task<(Result<T>? Answer, string Why)>> ask, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            var (answer, why) = await ask();
            if (answer is { } given)
                return given;
            if (tries > limits.Restarts)
                return EndpointRefusals.Unreachable(Url, why);
            await Task.Delay(Pause * tries, clock, ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();
}
