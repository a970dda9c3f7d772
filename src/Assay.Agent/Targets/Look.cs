using Assay.Contracts;

namespace Assay.Agent.Targets;

/// <summary>What one look at one target gave: a digest with its evidence level, or why it could not be told.</summary>
/// <param name="Digest">Which version is there; null: unknown.</param>
/// <param name="Level">5: the server's own answer, 4: the files on disk.</param>
/// <param name="Problem">What is wrong, in a sentence; may stand beside a digest.</param>
public sealed record Look(Digest? Digest, int Level, string? Problem);

/// <summary>Something that may hold a version: where it is, and what it is supposed to be part of.</summary>
/// <param name="Model">The model that the slot serves.</param>
/// <param name="Slot">The slot.</param>
public abstract record Target(string Model, string Slot)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Looks now. Never throws but on cancellation: what cannot be looked at is unknown, and says why.</summary>
    public abstract Task<Look> Look(HttpClient http, CancellationToken ct);
}
