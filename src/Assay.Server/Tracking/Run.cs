using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A new run as asked for.</summary>
public sealed record NewRun(string ExperimentId, string? UserId, string? Name, long StartMs, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>An input of a run with its tags.</summary>
public sealed record RunInput(string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>A run as a face shows it: its data with the newest point of each metric.</summary>
public sealed record Run(
    RunRow Info, IReadOnlyList<MetricPoint> Metrics, IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags,
    IReadOnlyList<RunInput> Inputs, IReadOnlyList<RunModelRow> Models)
{
    /// <summary>Reads a run whole; null when there is none.</summary>
    internal static async Task<Run?> Read(Tx tx, string runId) => await tx.First(RunSql.ById, ("run", runId)) is { } info
        ? new(info, await tx.All(MetricSql.NewestOf, ("run", runId)), await tx.All(RunSql.Params, ("run", runId)), await tx.All(RunSql.Tags, ("run", runId)),
            await InputsOf(tx, runId), await tx.All(InputSql.ModelsOf, ("run", runId)))
        : null;

    static async Task<List<RunInput>> InputsOf(Tx tx, string runId)
    {
        var tags = (await tx.All(InputSql.TagsOf, ("run", runId))).ToLookup(t => (t.Name, t.Digest), t => KeyValuePair.Create(t.Key, t.Value));
        return (await tx.All(InputSql.Of, ("run", runId))).ConvertAll(i => new RunInput(i.Name, i.Digest, i.SourceType, i.Source, i.Schema, i.Profile, [.. tags[(i.Name, i.Digest)]]));
    }
}
