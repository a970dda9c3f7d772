using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures;
using Assay.Evaluation.Profiles;

namespace Assay.Evaluation.Leakage;

/// <summary>
/// Held-out rows that the model has seen in training: the same canonical row, the same entity, an earlier time. A row that occurs twice in training by nature
/// would overlap by nature, so the excess over the training data's own rate of duplicates is told beside the share.
/// </summary>
internal sealed class RowLeakage(DataProfile heldout, string? entity, string? time, double level)
{
    /// <summary>The names of what is measured of rows.</summary>
    public static readonly IReadOnlyList<string> OfRows = ["overlap_rows", "overlap_distinct", "train_duplicate_rate", "overlap_excess"];

    /// <summary>The overlap by rows, and why not by entity and time.</summary>
    public IEnumerable<MetricResult> Against(DigestList train, IReadOnlyList<RowColumn> canonical, CancellationToken ct)
    {
        const string Why = "the training data is given by the digests of its rows alone, which tell neither entity nor time";
        IEnumerable<MetricResult> rows;
        try
        {
            rows = train.Columns.SequenceEqual(canonical) ? Overlap(train, RowCounts.Of(train, null, ct))
                : Failed($"the list of digests was made over the columns {Named(train.Columns)}, and the held-out rows are hashed over {Named(canonical)}; write it with the same columns in this order");
        }
        catch (DataException e)
        {
            rows = Failed($"the list of digests cannot be used: {e.Message}");
        }
        return [.. rows, .. entity is null ? [] : new[] { Facts.NotMeasured("entity_overlap", heldout.Data.Rows, Why) }, .. time is null ? [] : new[] { Facts.NotMeasured("time_overlap", heldout.Data.Rows, Why) }];
    }

    /// <summary>The overlap by rows, entity and time.</summary>
    public IEnumerable<MetricResult> Against(DataProfile train, IReadOnlyList<RowColumn> canonical, CancellationToken ct)
    {
        var rows = train.Lacks(canonical.Select(c => c.Name)) is { Count: > 0 } missing ? Failed($"the training data has no column {string.Join(", ", missing)}")
            : (heldout.Rows!.Problem ?? train.Rows!.Problem) is { } problem ? Failed(problem)
            : Overlap(train.Rows!.Digests, RowCounts.Of(train.Rows.Digests, null, ct));
        return [.. rows, .. entity is null ? [] : new[] { Entities(train, ct) }, .. time is null ? [] : new[] { Times(train) }];
    }

    List<MetricResult> Overlap(ISortedRows train, RowCounts counts)
    {
        if (heldout.Rows!.Problem is { } problem)
            return Failed(problem);
        var mine = heldout.Rows.Digests;
        if (mine.Rows == 0)
            return Failed("the held-out data has no rows");
        var shared = mine.Overlap(train);
        return
        [
            Facts.Exact("overlap_rows", shared.Rows, mine.Rows, level),
            Facts.Exact("overlap_distinct", shared.Distinct, mine.Rows, level),
            Facts.Exact("train_duplicate_rate", counts.DuplicateRate, counts.Rows, level),
            Facts.Exact("overlap_excess", ((double)shared.Rows / mine.Rows) - counts.DuplicateRate, mine.Rows, level),
        ];
    }

    MetricResult Entities(DataProfile train, CancellationToken ct)
    {
        const string Name = "entity_overlap";
        if (train.Entities is null)
            return Facts.Failed(Name, 0, $"the training data has no column {entity}");
        if ((heldout.Entities!.Problem ?? train.Entities.Problem) is { } problem)
            return Facts.Failed(Name, 0, problem);
        var distinct = RowCounts.Of(heldout.Entities.Digests, null, ct).Distinct;
        return distinct == 0 ? Facts.Failed(Name, 0, $"no held-out row has a value in the column {entity}")
            : Facts.Exact(Name, (double)heldout.Entities.Digests.Overlap(train.Entities.Digests).Distinct / distinct, distinct, level);
    }

    MetricResult Times(DataProfile train)
    {
        const string Name = "time_overlap";
        if (train.Times is null)
            return Facts.Failed(Name, 0, $"the training data has no column {time}");
        if ((train.Times.Problem ?? heldout.Times!.Problem) is { } problem)
            return Facts.Failed(Name, 0, problem);
        return train.Times.Rows == 0 || heldout.Times!.Rows == 0 ? Facts.Failed(Name, 0, $"no {(train.Times.Rows == 0 ? "training" : "held-out")} row has a value in the column {time}")
            : Facts.Exact(Name, (double)heldout.Times.NotLater / heldout.Times.Rows, heldout.Times.Rows, level);
    }

    List<MetricResult> Failed(string why) => [.. OfRows.Select(name => Facts.Failed(name, heldout.Data.Rows, why))];

    static string Named(IReadOnlyList<RowColumn> columns) => string.Join(", ", columns.Select(c => $"{c.Name} ({(c.Number ? "number" : "text")})"));
}
