using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>The experiments that somebody sees, for searches: what is not seen goes into no page and no count.</summary>
static class VisibleExperiments
{
    static readonly Query<(long Id, string Name)> All = new("SELECT experiment_id, name FROM tracking_experiment", r => (r.Int(0), r.Text(1)));

    /// <summary>Their numbers; null when nothing is hidden from the caller.</summary>
    public static async Task<long[]?> Of(Store store, Sees sees, CancellationToken ct)
    {
        if (sees.All)
            return null;
        List<long> seen = [];
        await store.Read(async tx =>
        {
            await tx.Each(All, e =>
            {
                if (sees.Experiment(e.Name))
                    seen.Add(e.Id);
            });
            return seen;
        }, ct);
        return [.. seen];
    }

    /// <summary>Those of the given numbers that the caller sees.</summary>
    public static async Task<List<long>> Among(Store store, Sees sees, List<long> asked, CancellationToken ct) =>
        await Of(store, sees, ct) is { } seen ? [.. asked.Intersect(seen)] : asked;
}
