using System.Text.Json;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>Something that happened, told to whoever subscribes. <see cref="Subject"/> is what events are kept in order by.</summary>
public interface IEvent
{
    /// <summary>What it is about: a run id, a version's digest.</summary>
    string Subject { get; }
}

/// <summary>Takes one type of event. May be called twice for one event, so handling must be repeatable; an exception means "again later".</summary>
public interface ISubscriber
{
    /// <summary>The type it takes.</summary>
    Type Takes { get; }

    /// <summary>Handles one.</summary>
    Task Handle(IEvent happened, CancellationToken ct);
}

/// <summary>A subscriber to one type.</summary>
public abstract class Subscriber<TEvent> : ISubscriber where TEvent : IEvent
{
    /// <inheritdoc/>
    public Type Takes => typeof(TEvent);

    /// <inheritdoc/>
    public Task Handle(IEvent happened, CancellationToken ct) => Handle((TEvent)happened, ct);

    /// <summary>Handles one.</summary>
    protected abstract Task Handle(TEvent happened, CancellationToken ct);
}

/// <summary>Puts events into the unit of work that they tell about.</summary>
public sealed class Outbox(TimeProvider time, OutboxBell bell)
{
    const string Insert = "INSERT INTO events_outbox (id, type, subject, body, at_ms, tries, next_ms) VALUES (@id, @type, @subject, @body, @at, 0, 0)";

    /// <summary>Publishes an event with this unit: delivered once it is committed, never when it is refused.</summary>
    public async Task Publish(Tx tx, IEvent happened)
    {
        var now = time.GetUtcNow();
        await tx.Execute(Insert, ("id", Ulid.New(now)), ("type", happened.GetType().Name), ("subject", happened.Subject),
            ("body", JsonSerializer.Serialize(happened, happened.GetType())), ("at", now));
        tx.AfterCommit(bell.Ring);
    }
}
