using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures;

namespace Assay.Evaluation.Profiles;

/// <summary>The digests of a set's rows, or of its entities. Memory stays flat: see <see cref="RowDigests"/>.</summary>
internal sealed class RowsProfile : IDisposable
{
    readonly RowHasher hasher;
    readonly string? entity;

    /// <summary>Of whole rows.</summary>
    public RowsProfile(IReadOnlyList<RowColumn> columns) => hasher = new(columns);

    /// <summary>Of the values of one column: 17, 17.0 and 1.7e1 are one entity; rows without a value have none.</summary>
    public RowsProfile(string entity) => (hasher, this.entity) = (new([new(entity, false)]), entity);

    public RowDigests Digests { get; } = new();

    /// <summary>Why the rows have no digests; null when they do.</summary>
    public string? Problem { get; private set; }

    public void Take(DataBatch batch)
    {
        if (Problem is not null)
            return;
        try
        {
            Digests.Add(hasher.Hash(entity is null ? batch : Entities(batch)));
        }
        catch (DataException e)
        {
            Problem = e.Message;
        }
    }

    public void Dispose() => Digests.Dispose();

    DataBatch Entities(DataBatch batch)
    {
        var vector = batch[entity!];
        var names = new List<string?>(batch.Rows);
        for (var r = 0; r < batch.Rows; r++)
            if (Labels.Of(vector, r) is { } name)
                names.Add(name);
        return new(batch.FirstRow, names.Count, [DataVector.Of(entity!, DataKind.Text, [.. names])]);
    }
}
