using System.Diagnostics.CodeAnalysis;
using Assay.Contracts;

namespace Assay.Server.Drift.Why;

/// <summary>The version that was good before.</summary>
public sealed record LastGoodVersion(Digest Digest, long? Version, string Promotion, DateTimeOffset From, DateTimeOffset? To, string Why);

/// <summary>How to go back.</summary>
public sealed record GoBack(string Command, Digest? To, string? Note);

/// <summary>Whom to call; what was not declared says so, with the command that declares it.</summary>
public sealed record Responsible(bool Declared, IReadOnlyList<string> Owners, string? OnCall, string? Runbook, string? Mend);

/// <summary>The run that a version was made of.</summary>
public sealed record RunOfVersion(Digest Digest, long? Version, string Model, string? RunId, string? Experiment, string? Name, string? User, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Digest? Seal,
    IReadOnlyList<string> Writers, IReadOnlyList<Fact> Facts)
{
    /// <summary>Did every write to the run come from one CI job?</summary>
    public bool OriginProven => Tracking.RunOrigin.IsProven(Writers);
}

/// <summary>Something that happened, from the ledger.</summary>
public sealed record Happening(DateTimeOffset At, string Action, string Outcome, string By, bool Verified, Digest? Digest, string Text, string Entry);

/// <summary>The answer to the question at 2am (two-am.md): a slot, and everything that explains it.</summary>
public sealed record WhyView : SlotState
{
    /// <summary>From what is known about the slot; the rest is set beside it.</summary>
    [SetsRequiredMembers]
    public WhyView(SlotState state) : base(state)
    {
    }

    /// <summary>What is so and since when, in one sentence.</summary>
    public string Headline { get; init; } = "";

    /// <summary>The last known good version.</summary>
    public LastGoodVersion? LastGood { get; init; }

    /// <summary>What changed since then.</summary>
    public Difference? Difference { get; init; }

    /// <summary>What the live version was made of; of the approved one where what is live is no version of this registry.</summary>
    public RunOfVersion? Run { get; init; }

    /// <summary>The last day, newest first.</summary>
    public IReadOnlyList<Happening> Timeline { get; init; } = [];

    /// <summary>How to go back.</summary>
    public GoBack? Rollback { get; init; }

    /// <summary>Whom to call.</summary>
    public Responsible? Responsible { get; init; }
}
