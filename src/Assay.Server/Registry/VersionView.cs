using Assay.Contracts;

namespace Assay.Server.Registry;

/// <summary>How far a version has come.</summary>
public enum VersionStatus
{
    /// <summary>Its run is still running: it is sealed, or rejected, when the run ends.</summary>
    Waiting,
    /// <summary>Its run is complete and sealed.</summary>
    Candidate,
    /// <summary>It passed the admission gate: it can be promoted.</summary>
    Admitted,
    /// <summary>Its run has gaps, or the admission gate failed.</summary>
    Rejected,
    /// <summary>It came from another server: readable, never admitted.</summary>
    Imported,
    /// <summary>A prompt (MLflow keeps them as versions): exempt, never promotable.</summary>
    Prompt,
}

/// <summary>One version as the other rooms see it.</summary>
public sealed record VersionView(
    string Model, long Number, Digest? Digest, VersionStatus Status, bool Recalled, string? RunId, Digest? Seal,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string SubmittedBy, string Source, string? Path, string Description,
    string? StatusReason, IReadOnlyList<Gap> Gaps)
{
    /// <summary>The MLflow stage, a soft signal.</summary>
    public string Stage { get; init; } = "None";

    /// <summary>MLflow's run link.</summary>
    public string? RunLink { get; init; }

    /// <summary>The logged model it was made of, if any.</summary>
    public string? LoggedModelId { get; init; }

    /// <summary>The capture profile it was measured with.</summary>
    public string? Profile { get; init; }

    /// <summary>Aliases that somebody set: soft signals.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Protected aliases that it has now, for those who asked <see cref="Models.WithDerived(Storage.Tx, IReadOnlyList{VersionView})"/>: nobody sets them, they follow what is approved.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    /// <summary>Tags that somebody set.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary><c>MODEL@sha256:…</c>, or <c>MODEL/NUMBER</c> while there is no digest.</summary>
    public string Name => Digest is { } digest ? $"{Model}@{digest}" : $"{Model}/{Number}";
}

/// <summary>A named line of versions.</summary>
public sealed record ModelView(string Name, string Description, bool IsPrompt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal string Id { get; init; } = "";

    /// <summary>Tags that somebody set.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Aliases that somebody set, with the number each points at: soft signals.</summary>
    public IReadOnlyDictionary<string, long> Aliases { get; init; } = new Dictionary<string, long>();
}

/// <summary>The package of a digest: manifest and config bytes, and the sealed run facts as JSON text.</summary>
public sealed record PackageView(byte[] Manifest, byte[] Config, string Facts);

/// <summary>A version was sealed: it is a candidate now.</summary>
public sealed record VersionSealed(string Model, long Number, Digest Digest) : Events.IEvent
{
    /// <inheritdoc/>
    public string Subject => Digest.ToString();
}

/// <summary>The admission gate decided about a version.</summary>
public sealed record VersionDecided(string Model, Digest Digest, string Status) : Events.IEvent
{
    /// <inheritdoc/>
    public string Subject => Digest.ToString();
}

/// <summary>Asked of a higher room: what of a model is approved?</summary>
public interface IChampions
{
    /// <summary>The digest approved for the primary slot of production, or null.</summary>
    Task<Digest?> Champion(Storage.Tx tx, string model);

    /// <summary>The digests approved now in any slot of any environment.</summary>
    Task<IReadOnlyCollection<Digest>> Approved(Storage.Tx tx, string model);
}
