namespace Assay.Server.Pages.Parts;

/// <summary>One entry of a timeline.</summary>
/// <param name="At">When.</param>
/// <param name="Standing">Its mark.</param>
/// <param name="What">What happened.</param>
/// <param name="Why">The reason, or who.</param>
/// <param name="Href">Where it leads.</param>
public sealed record Moment(DateTimeOffset At, Standing Standing, string What, string? Why = null, string? Href = null);
