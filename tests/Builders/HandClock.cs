namespace Assay.Tests.Builders;

/// <summary>The real clock, moved on by hand: timers keep to real time, the time of day does not.</summary>
sealed class HandClock : TimeProvider
{
    TimeSpan ahead;

    public void Advance(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
