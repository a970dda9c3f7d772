using Assay.Contracts;

namespace Assay.Server.Pages.Parts;

/// <summary>One recorded fact; what was never captured says so and names the profile line that would have required it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value; null when it was not recorded.</param>
/// <param name="Line">The line of a capture profile that would have required it.</param>
public sealed record FactLine(string Name, string? Value, string? Line = null)
{
    /// <summary>A digest beside the value.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where it leads; only http and https addresses are followed.</summary>
    public string? Href { get; init; }
}
