using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>A data set that runs of an experiment read, and what for.</summary>
public sealed record DatasetSummary(string ExperimentId, string Name, string Digest, string? Context);

/// <summary>Lists the data sets of experiments.</summary>
public sealed class DatasetSearch(Store store)
{
    static readonly Query<DatasetSummary> Summaries = new($"""
        SELECT DISTINCT CAST(t.experiment_id AS TEXT), i.name, i.digest, c.value
        FROM tracking_run t JOIN tracking_input i ON i.run_id = t.run_id
        LEFT JOIN tracking_input_tag c ON c.run_id = i.run_id AND c.name = i.name AND c.digest = i.digest AND c.key = '{KnownTags.DataContext}'
        WHERE t.experiment_id IN ({Placeholders.OfChunk}) AND t.lifecycle = 'active' ORDER BY 2, 3, 4, 1 LIMIT 1000
        """, r => new(r.Text(0), r.Text(1), r.Text(2), r.TextOrNull(3)));

    /// <summary>The first thousand different data sets of at most 20 experiments.</summary>
    public async Task<List<DatasetSummary>> Of(IReadOnlyList<string> experimentIds, CancellationToken ct)
    {
        var ids = experimentIds.Select(Experiments.Number).OfType<long>().Cast<object>().ToList();
        return ids.Count == 0 ? [] : await store.All(Summaries, ct, Placeholders.Padded(ids));
    }
}
