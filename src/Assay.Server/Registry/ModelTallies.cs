using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Registry;

/// <summary>How many versions of a model stand where. Numbers of prompts and of what was deleted are left out.</summary>
/// <param name="Model">The model.</param>
/// <param name="Versions">All of them.</param>
/// <param name="Candidates">Sealed and not yet admitted, or waiting for the end of their run.</param>
/// <param name="Rejected">Refused for gaps or by the admission gate.</param>
/// <param name="NewestAdmitted">The number of the newest admitted one; null when none is.</param>
public sealed record ModelTally(string Model, long Versions, long Candidates, long Rejected, long? NewestAdmitted);

/// <summary>Counts and pages for those that show many versions: no list of all of them is ever held.</summary>
public sealed class ModelTallies
{
    static readonly Query<ModelTally> All = new("""
        SELECT m.name, COUNT(v.number),
          COUNT(v.number) FILTER (WHERE v.status IN ('Candidate', 'Waiting')),
          COUNT(v.number) FILTER (WHERE v.status = 'Rejected'),
          MAX(v.number) FILTER (WHERE v.status = 'Admitted' AND NOT v.recalled)
        FROM registry_model m LEFT JOIN registry_version v ON v.model_id = m.id AND NOT v.deleted
        WHERE NOT m.deleted AND NOT m.is_prompt AND (@all OR m.name {among})
        GROUP BY m.name ORDER BY m.name LIMIT @limit
        """, r => new(r.Text(0), r.Int(1), r.Int(2), r.Int(3), r.IntOrNull(4)));

    static readonly Query<(string ModelId, VersionView View)> Before = new(
        $"SELECT {VersionSql.Columns} FROM {VersionSql.From} WHERE m.name = @model AND v.number < @before AND {VersionSql.Alive} ORDER BY v.number DESC LIMIT @limit", VersionSql.Read);

    static readonly Query<long> Count = new($"SELECT COUNT(*) FROM {VersionSql.From} WHERE m.name = @model AND {VersionSql.Alive}", r => r.Int(0));

    /// <summary>One tally per model that the caller sees, by name.</summary>
    public async Task<List<ModelTally>> Of(Tx tx, Sees sees, int limit) =>
        await tx.All(All, ("all", sees.All), ("among", sees.All ? [] : await Models.SeenNames(tx, sees, limit)), ("limit", limit));

    /// <summary>A page of versions, the newest first, below a number.</summary>
    public async Task<List<VersionView>> Page(Tx tx, string model, long before, int limit) =>
        await Versions.Whole(tx, await tx.All(Before, ("model", model), ("before", before), ("limit", limit)));

    /// <summary>How many versions a model has.</summary>
    public Task<long> CountOf(Tx tx, string model) => tx.First(Count, ("model", model));
}
