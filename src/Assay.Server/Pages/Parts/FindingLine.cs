namespace Assay.Server.Pages.Parts;

/// <summary>One open difference between approved and live.</summary>
/// <param name="Kind">Such as <c>unapproved-live</c>.</param>
/// <param name="Severity">Critical, high, medium, low, or info while it is explained.</param>
/// <param name="Model">Which model.</param>
/// <param name="Environment">Where.</param>
/// <param name="Slot">Which slot.</param>
/// <param name="What">The difference in a sentence.</param>
/// <param name="Since">Since when it is known.</param>
/// <param name="Owner">Whom to call.</param>
/// <param name="Mend">What to do.</param>
public sealed record FindingLine(string Kind, string Severity, string Model, string Environment, string Slot, string What, DateTimeOffset Since, string? Owner, string? Mend)
{
    /// <summary>The command that mends it.</summary>
    public string? Command { get; init; }

    /// <summary>The version it is about.</summary>
    public VersionRef? Version { get; init; }

    /// <summary>Shape and colour.</summary>
    public Standing Standing => Severity == "info" ? Standing.Running.As("in grace") : Standing.OfSeverity(Severity);
}
