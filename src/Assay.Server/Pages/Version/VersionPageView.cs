using Assay.Contracts;
using Assay.Plots;
using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Version;

/// <summary>One version: what it is, what was measured, what the gate says, who decided.</summary>
public sealed record VersionPageView(string Model, long Number, Digest? Digest, Standing Standing, DateTimeOffset Created, string SubmittedBy)
{
    /// <summary>The run it was made of.</summary>
    public string? RunId { get; init; }

    /// <summary>The run's name.</summary>
    public string? RunName { get; init; }

    /// <summary>Digest over everything the run logged.</summary>
    public Digest? Seal { get; init; }

    /// <summary>Why it has its status.</summary>
    public string? Reason { get; init; }

    /// <summary>Every missing item; empty unless it was rejected for them.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];

    /// <summary>What the profile asked for and found.</summary>
    public IReadOnlyList<string> Present { get; init; } = [];

    /// <summary>Where it is approved or seen.</summary>
    public IReadOnlyList<(string Environment, Standing Standing)> Places { get; init; } = [];

    /// <summary>The newest verdict of each environment and slot, undecided first.</summary>
    public IReadOnlyList<VerdictLine> Verdicts { get; init; } = [];

    /// <summary>Signed measurements, newest first.</summary>
    public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];

    /// <summary>Requests and promotions, newest first.</summary>
    public IReadOnlyList<Moment> Decisions { get; init; } = [];

    /// <summary>What the run recorded.</summary>
    public IReadOnlyList<FactLine> Facts { get; init; } = [];

    /// <summary>The files that the digest covers.</summary>
    public IReadOnlyList<FileLine> Files { get; init; } = [];

    /// <summary>How commands name it.</summary>
    public string Spoken => Digest is { } digest ? $"{Model}@sha256:{digest.Short}" : $"{Model}/{Number}";
}

/// <summary>The gate's answer for one environment and slot.</summary>
public sealed record VerdictLine(string Environment, string Slot, Standing Standing, DateTimeOffset Decided, DateTimeOffset? NotAfter, Digest? Id, Digest? Policy, IReadOnlyList<RuleLine> Rules);

/// <summary>One signed measurement.</summary>
/// <param name="Kind">Held-out, slices, invariants and so on.</param>
/// <param name="Id">Digest of the envelope.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who measured.</param>
/// <param name="Summary">The result in words.</param>
/// <param name="Values">Each value with its interval.</param>
public sealed record EvidenceLine(string Kind, Digest Id, DateTimeOffset At, string By, string Summary, IReadOnlyList<MeasuredLine> Values)
{
    /// <summary>How many more values the evidence itself holds.</summary>
    public int More { get; init; }

    /// <summary>The suite was written by a program and nobody signed it off.</summary>
    public bool Unreviewed { get; init; }
}

/// <summary>One measured value.</summary>
public sealed record MeasuredLine(string Name, long? Rows, IntervalBar Bar);

/// <summary>One file.</summary>
public sealed record FileLine(string Path, long Size, Digest Digest)
{
    /// <summary>Where its bytes are handed out, sandboxed; null when only a program can fetch them.</summary>
    public string? Href { get; init; }
}
