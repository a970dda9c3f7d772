namespace Assay.Tests.Builders;

/// <summary>The real clock, ahead by as much as a test says. Timers run as ever.</summary>
public sealed class SetClock : TimeProvider
{
    long ahead;

    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref ahead));
        set => Interlocked.Exchange(ref ahead, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + Ahead;
}
