using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>A row that cost much: its number in the data from 1, its entity where the suite declares one, and its loss in the unit of the predicate's <c>loss</c>.</summary>
public sealed record WorstRow(long Row, string? Id, double? Loss)
{
    internal static WorstRow Read(JsonMap row) => new(row.Count("row") ?? 0, row.Label("id"), row.Number("loss"));
}
