using System.Text.Json;
using Assay.Server.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Assay.Server.Events;

/// <summary>
/// Delivers events in the order in which they came to the database; one dispatcher per database. A subject whose delivery failed waits (its later events too) and is
/// tried again with growing pauses, while the others go on.
/// </summary>
public sealed partial class Dispatcher(Store store, OutboxBell bell, IEnumerable<ISubscriber> subscribers, TimeProvider time, ILogger<Dispatcher> log) : BackgroundService
{
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    sealed record Waiting(string Id, string Type, string Subject, string Body, long Tries, long NextMs);

    static readonly Query<Waiting> Oldest = new("SELECT id, type, subject, body, tries, next_ms FROM events_outbox ORDER BY arrival, id LIMIT 500",
        r => new(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Int(4), r.Int(5)));
    static readonly Query<string> Still = new("SELECT id FROM events_outbox WHERE id = @id", r => r.Text(0));
    const string Remove = "DELETE FROM events_outbox WHERE id = @id";
    const string Later = "UPDATE events_outbox SET tries = tries + 1, next_ms = @next, failure = @failure WHERE id = @id";

    readonly ILookup<string, ISubscriber> byType = subscribers.ToLookup(s => s.Takes.Name);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverDue(stoppingToken) == 0)
                    await bell.Wait(Patience, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }

    /// <summary>Delivers what is due; returns how many were delivered.</summary>
    public async Task<int> DeliverDue(CancellationToken ct)
    {
        await using var hold = await store.TryHold("events-dispatcher", ct);
        if (hold is null)
            return 0;
        var delivered = 0;
        HashSet<string> stuck = [];
        foreach (var waiting in await store.All(Oldest, ct))
        {
            if (stuck.Contains(waiting.Subject))
                continue;
            // A holder that hung meanwhile is none any more; what another one delivered is not delivered again.
            if (!await hold.IsHeld(ct))
                break;
            if (await store.First(Still, ct, ("id", waiting.Id)) is null)
                continue;
            if (waiting.NextMs <= time.GetUtcNow().ToUnixTimeMilliseconds() && await Deliver(waiting, ct))
                delivered++;
            else
                stuck.Add(waiting.Subject);
        }
        return delivered;
    }

    async Task<bool> Deliver(Waiting waiting, CancellationToken ct)
    {
        try
        {
            foreach (var subscriber in byType[waiting.Type])
                await subscriber.Handle((IEvent)JsonSerializer.Deserialize(waiting.Body, subscriber.Takes)!, ct);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException))
        {
            Failed(log, waiting.Type, waiting.Subject, e);
            var pause = TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, waiting.Tries)));
            await store.Do(tx => tx.Execute(Later, ("id", waiting.Id), ("next", time.GetUtcNow() + pause), ("failure", e.Message)), ct);
            return false;
        }
        await store.Do(tx => tx.Execute(Remove, ("id", waiting.Id)), ct);
        return true;
    }

    [LoggerMessage(LogLevel.Error, "{Type} about {Subject} was not handled; it is tried again")]
    static partial void Failed(ILogger log, string type, string subject, Exception e);
}
