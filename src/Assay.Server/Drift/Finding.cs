using Assay.Contracts;

namespace Assay.Server.Drift;

/// <summary>How bad a difference is, the worst last.</summary>
public enum Severity
{
    /// <summary>Look at it some day.</summary>
    Low,
    /// <summary>Look at it this week.</summary>
    Medium,
    /// <summary>Look at it now.</summary>
    High,
    /// <summary>Wake somebody up.</summary>
    Critical,
}

/// <summary>A typed difference between approved and live.</summary>
/// <param name="Id">Stable while the difference lasts, so that alerts count it once.</param>
/// <param name="Kind">Which difference, in kebab case.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Pending">Is it within the time that the environment allows? Then it is shown, and not counted.</param>
/// <param name="Environment">Where.</param>
/// <param name="Model">Of which model.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="Digest">About which version, if about one.</param>
/// <param name="Level">How it is known: 0 a report, 1 to 5 an observation.</param>
/// <param name="Source">Who said or saw it.</param>
/// <param name="Since">Since when.</param>
/// <param name="AgeSeconds">How long, in seconds.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Mend">What to do: a command, or an act.</param>
public sealed record Finding(
    string Id, string Kind, Severity Severity, bool Pending, string Environment, string Model, string Slot, Digest? Digest, int? Level, string? Source,
    DateTimeOffset Since, long AgeSeconds, string Owner, string Message, string Mend);
