using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Why;

/// <summary>The 2am page of one model in one environment, in the order a woken person reads.</summary>
public sealed record WhyPageView(string Model, string Environment, DateTimeOffset Told)
{
    /// <summary>The moment asked for; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The whole in one mark.</summary>
    public Standing Standing { get; init; } = Standing.Unknown;

    /// <summary>What is so and since when, in one sentence.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>What follows, what can be done.</summary>
    public string? Next { get; init; }

    /// <summary>The slots with what is approved, reported, observed.</summary>
    public IReadOnlyList<SlotLine> Slots { get; init; } = [];

    /// <summary>How each live digest came to be there, in words, by digest.</summary>
    public IReadOnlyDictionary<string, string> How { get; init; } = new Dictionary<string, string>();

    /// <summary>Where to go back to.</summary>
    public BackLine? Back { get; init; }

    /// <summary>Whom to call; what is not known says so.</summary>
    public IReadOnlyList<FactLine> Call { get; init; } = [];

    /// <summary>Differences between now and the last good, most suspect first.</summary>
    public IReadOnlyList<ChangeLine> Changes { get; init; } = [];

    /// <summary>Against what the changes were counted; null when there is nothing to compare with.</summary>
    public string? Against { get; init; }

    /// <summary>What could not be compared, and why.</summary>
    public string? Note { get; init; }

    /// <summary>Whose facts they are.</summary>
    public string? FactsOf { get; init; }

    /// <summary>Open findings, worst first.</summary>
    public IReadOnlyList<FindingLine> Findings { get; init; } = [];

    /// <summary>The day before, newest first.</summary>
    public IReadOnlyList<DayEvent> Day { get; init; } = [];

    /// <summary>What the live version's run recorded: data, code, parameters, environment, metrics.</summary>
    public IReadOnlyList<FactGroup> Facts { get; init; } = [];

    /// <summary>The verdict behind the approval.</summary>
    public Standing? Verdict { get; init; }

    /// <summary>The verdict in words.</summary>
    public string? VerdictWords { get; init; }

    /// <summary>Other environments where a live digest of this one runs.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];
}

/// <summary>The last known good version.</summary>
/// <param name="Version">Which.</param>
/// <param name="Why">Why we call it good, and when it served.</param>
/// <param name="Command">What to run.</param>
/// <param name="Checks">Can it run? One mark each.</param>
/// <param name="Who">Who may, and what it does not do.</param>
public sealed record BackLine(VersionRef? Version, string Why, string Command, IReadOnlyList<Standing> Checks, string? Who);

/// <summary>One difference.</summary>
public sealed record ChangeLine(string Title, Standing Standing, string Detail);

/// <summary>One event of the day.</summary>
/// <param name="Lane">Deploys, decisions, drift, data: by name.</param>
/// <param name="Moment">What happened.</param>
public sealed record DayEvent(string Lane, Moment Moment);

/// <summary>Facts of one kind.</summary>
public sealed record FactGroup(string Title, IReadOnlyList<FactLine> Facts);
