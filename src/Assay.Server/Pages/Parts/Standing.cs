using Assay.Plots;

namespace Assay.Server.Pages.Parts;

/// <summary>One state a thing can be in: a shape, a colour and a word that always come together. The word may be specialised, shape and colour may not.</summary>
/// <param name="Shape">Name of the mark in the sprite.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Word">Its word.</param>
/// <param name="Meaning">What it means, for the legend.</param>
public sealed record Standing(string Shape, Tone Tone, string Word, string Meaning)
{
    public static readonly Standing Passed = new("ok", Tone.Ok, "passed", "rule or gate; approved, admitted, live as approved");
    public static readonly Standing Failed = new("bad", Tone.Bad, "failed", "proven bad");
    public static readonly Standing Inconclusive = new("half", Tone.Warn, "inconclusive", "not enough to tell: never passes");
    public static readonly Standing Unknown = new("none", Tone.None, "unknown", "stale, silent or unseen: never green");
    public static readonly Standing Waived = new("waive", Tone.Waive, "waived", "failed, allowed for a time");
    public static readonly Standing Running = new("run", Tone.Info, "running", "going on: canary, shadow, rollout, training");
    public static readonly Standing Candidate = new("ring", Tone.Info, "candidate", "not yet admitted");
    public static readonly Standing Waiting = new("wait", Tone.Info, "waiting", "somebody must act");
    public static readonly Standing Warning = new("warn", Tone.Warn, "warning", "act before it is bad");
    public static readonly Standing Recalled = new("stop", Tone.Bad, "recalled", "must not run");
    public static readonly Standing RolledBack = new("back", Tone.Warn, "rolled back", "gone back");
    public static readonly Standing Superseded = new("dot", Tone.Mute, "superseded", "was once, is no more");

    /// <summary>Every standing there is, in the order of the legend.</summary>
    public static readonly IReadOnlyList<Standing> All =
        [Passed, Failed, Inconclusive, Unknown, Waived, Running, Candidate, Waiting, Warning, Recalled, RolledBack, Superseded];

    /// <summary>Looked, found nothing.</summary>
    public static readonly Standing Nothing = Superseded with { Word = "none", Meaning = "looked, found nothing" };

    /// <summary>Nothing was ever sent.</summary>
    public static readonly Standing NoData = Unknown with { Word = "no data", Meaning = "nothing was ever sent" };

    /// <summary>The same standing in a word that fits the place.</summary>
    public Standing As(string word) => this with { Word = word };

    /// <summary>The standing of a verdict's word; what is not known by us is unknown.</summary>
    public static Standing OfVerdict(string? verdict) => verdict switch
    {
        "passed" => Passed,
        "failed" => Failed,
        "inconclusive" => Inconclusive,
        "waived" => Waived,
        "error" => Failed.As("error"),
        null => NoData.As("not judged"),
        _ => Unknown,
    };


    /// <summary>The standing of a run, by MLflow's word.</summary>
    public static Standing OfRun(string? status) => status switch
    {
        "FINISHED" => Passed.As("finished"),
        "RUNNING" => Running,
        "SCHEDULED" => Waiting.As("scheduled"),
        "FAILED" => Failed,
        "KILLED" => Recalled.As("killed"),
        _ => Unknown,
    };

    /// <summary>The standing of a drift finding, by severity.</summary>
    public static Standing OfSeverity(string? severity) => severity?.ToLowerInvariant() switch
    {
        "critical" => Failed.As("critical"),
        "high" => Failed.As("high"),
        "medium" => Warning.As("medium"),
        "low" => Warning.As("low"),
        "info" => Running.As("explained"),
        _ => Unknown,
    };
}
