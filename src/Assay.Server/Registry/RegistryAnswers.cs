using Assay.Contracts;
using Assay.Server.Access.Exchange;
using Assay.Server.Storage;
using Assay.Server.Tracking;

namespace Assay.Server.Registry;

/// <summary>Body of a submission.</summary>
internal sealed record SubmitBody(string? RunId, string? Model, string? Path);

/// <summary>A version at our API.</summary>
internal sealed record VersionAnswer(string Model, long Version, Digest? Digest, VersionStatus Status, bool Recalled, string? RunId, Digest? Seal, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    string SubmittedBy, string? Reason, IReadOnlyList<Gap> Gaps, string? Profile, string Description, string Source, SoftSignalsAnswer SoftSignals)
{
    /// <summary>The files of the package; only where one version is asked for.</summary>
    public IReadOnlyList<FileAnswer>? Files { get; init; }

    /// <summary>Where its run comes from; only where one version is asked for.</summary>
    public OriginAnswer? Origin { get; init; }

    public static VersionAnswer Of(VersionView v) => new(v.Model, v.Number, v.Digest, v.Status, v.Recalled, v.RunId, v.Seal, v.CreatedAt, v.UpdatedAt, v.SubmittedBy, v.StatusReason, v.Gaps, v.Profile, v.Description, v.Source,
        new(v.Stage, v.Aliases, v.Tags));
}

/// <summary>
/// Where a run comes from: proven when every write came from one CI job (<c>workload:RULE JOB</c>). <see cref="Claims"/> are those of the job's token, verified,
/// under provider-neutral names (those of Fulcio's certificate extensions).
/// </summary>
internal sealed record OriginAnswer(bool Proven, IReadOnlyList<string> Writers, IReadOnlyDictionary<string, string>? Claims)
{
    public static async Task<OriginAnswer> Of(Tx tx, RunReader runs, string run)
    {
        var writers = await runs.Writers(tx, run);
        return new(RunOrigin.IsProven(writers), writers, (await OriginClaims.OfRun(tx, writers))?.Facts);
    }
}

/// <summary>MLflow's labels as they were set: stored, never believed.</summary>
internal sealed record SoftSignalsAnswer(string Stage, IReadOnlyList<string> Aliases, IReadOnlyDictionary<string, string> Tags);

/// <summary>A file of a version: path inside the model folder, bytes, content digest.</summary>
internal sealed record FileAnswer(string Path, long Size, Digest Digest);

/// <summary>A list of versions.</summary>
internal sealed record VersionsAnswer(IReadOnlyList<VersionAnswer> Versions);

/// <summary>A model at our API; <see cref="Champion"/> is derived from what is approved.</summary>
internal sealed record ModelAnswer(string Name, string Description, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Digest? Champion, int Versions, int Candidates, int Rejected,
    VersionAnswer? NewestAdmitted, IReadOnlyDictionary<string, long> Aliases, IReadOnlyDictionary<string, string> Tags);

/// <summary>A list of models.</summary>
internal sealed record ModelsAnswer(IReadOnlyList<ModelAnswer> Models);
