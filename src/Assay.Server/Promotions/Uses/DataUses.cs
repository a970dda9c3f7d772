using Assay.Contracts;
using Assay.Server.Evidence;
using Assay.Server.Identity;
using Assay.Server.Policies;
using Assay.Server.Storage;

namespace Assay.Server.Promotions.Uses;

/// <summary>
/// How often one set of data was measured on and decided by. Whoever chooses among many versions by the same rows fits them to these rows a little each time, so
/// the number belongs beside every measurement.
/// </summary>
sealed class DataUses(Store store, EvidenceShelf evidence, VerdictBook verdicts)
{
    /// <summary>The uses by the models that somebody may look at; none is an answer, too.</summary>
    public Task<DataUsesAnswer> Of(Digest data, Sees sees, CancellationToken ct) => store.Read(async tx =>
    {
        var judged = (await verdicts.OnData(tx, data)).ToLookup(v => v.Model, v => v.Verdict, StringComparer.Ordinal);
        List<ModelUses> models = [];
        foreach (var measured in (await evidence.OnData(tx, data)).Where(m => sees.Model(m.Model)))
        {
            var its = judged[measured.Model].ToHashSet();
            var promoted = its.Count == 0 ? 0 : (await tx.All(PromotionSql.VerdictsOf, ("model", measured.Model))).Count(its.Contains);
            models.Add(new(measured.Model, measured.Versions, measured.Measurements, its.Count, promoted, measured.First, measured.Last));
        }
        return DataUsesAnswer.Of(data, models);
    }, ct);
}
