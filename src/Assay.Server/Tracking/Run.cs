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
    internal static async Task<Run?> Read(Tx tx, string runId)
    {
        var run = ("run", (object?)runId);
        var (info, metrics, parameters, tags) = (new Question<RunRow>(RunSql.ById, run), new Question<MetricPoint>(MetricSql.NewestOf, run),
            new Question<KeyValuePair<string, string>>(RunSql.Params, run), new Question<KeyValuePair<string, string>>(RunSql.Tags, run));
        var (inputs, inputTags, models) = (new Question<InputRow>(InputSql.Of, run), new Question<InputTagRow>(InputSql.TagsOf, run), new Question<RunModelRow>(InputSql.ModelsOf, run));
        await tx.Ask(info, metrics, parameters, tags, inputs, inputTags, models);
        var tagsOf = inputTags.Found.ToLookup(t => (t.Name, t.Digest), t => KeyValuePair.Create(t.Key, t.Value));
        return info.Found is [var row]
            ? new(row, metrics.Found, parameters.Found, tags.Found,
                [.. inputs.Found.Select(i => new RunInput(i.Name, i.Digest, i.SourceType, i.Source, i.Schema, i.Profile, [.. tagsOf[(i.Name, i.Digest)]]))], models.Found)
            : null;
    }
}
