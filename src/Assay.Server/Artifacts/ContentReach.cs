using Assay.Server.Storage;

namespace Assay.Server.Artifacts;

/// <summary>
/// Can the place of the bytes be reached? However many ask, it is itself asked by one at a time and not again within <see cref="Fresh"/> of
/// its last answer, and nobody waits for longer than <see cref="Patience"/>: looking after a store must not be a load on it.
/// </summary>
public sealed class ContentReach(IContentStore contents, TimeProvider time) : Http.IKeptBytes
{
    /// <summary>How long an answer counts.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>How long it is waited for. Less than what Kubernetes gives a probe in <c>deploy/</c>.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly Lock one = new();
    Task<string?> asked = Task.FromResult<string?>(null);
    Task asking = Task.CompletedTask;
    long? answeredAt;

    /// <inheritdoc/>
    public string Place => contents.Description;

    /// <inheritdoc/>
    public Task<string?> Problem(CancellationToken ct)
    {
        lock (one)
        {
            if (asked.IsCompleted && (answeredAt is not { } at || time.GetElapsedTime(at) >= Fresh))
                asked = Ask();
            return asked.WaitAsync(ct);
        }
    }

    async Task<string?> Ask()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            // A folder on a network that hangs holds its thread: the next one to ask waits for the same question and holds none of its own.
            if (asking.IsCompleted)
                asking = Task.Run(() => contents.Probe(patience.Token), CancellationToken.None);
            await asking.WaitAsync(patience.Token);
            return null;
        }
        catch (StoreUnavailableException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return $"The artifact store {contents.Description} gave no answer within {Patience.TotalSeconds:0} s.";
        }
        finally
        {
            answeredAt = time.GetTimestamp();
        }
    }
}
