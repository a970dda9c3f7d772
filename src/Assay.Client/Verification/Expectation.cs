using Assay.Contracts;

namespace Assay.Client.Verification;

/// <summary>What must be proven.</summary>
/// <param name="Model">The model's name; null: whichever it is.</param>
/// <param name="Digest">The version; null: whichever is approved.</param>
/// <param name="Environment">The environment that it must be approved for; null: only that it is what the registry sealed.</param>
/// <param name="Slot">The slot.</param>
/// <param name="MaxAge">The oldest signed head of the ledger that is believed; null: any.</param>
public sealed record Expectation(string? Model, Digest? Digest, string? Environment, string Slot = "primary", TimeSpan? MaxAge = null);

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What, in a word or two.</param>
/// <param name="Ok">Does it hold?</param>
/// <param name="Text">What was seen.</param>
public sealed record Check(string Name, bool Ok, string Text);

/// <summary>What an offline verification found. Recalls cannot be seen offline.</summary>
public sealed record VerificationReport(Digest? Digest, string Model, IReadOnlyList<Check> Checks)
{
    /// <summary>Does everything hold?</summary>
    public bool Ok => Checks.Count > 0 && Checks.All(c => c.Ok);

    /// <summary>What does not hold.</summary>
    public IEnumerable<Check> Failures => Checks.Where(c => !c.Ok);
}
