namespace Assay.Server.Evidence.Kinds;

/// <summary>Metrics on rows that training did not see.</summary>
static class Heldout
{
    public static readonly EvidenceKind Kind = new("heldout", false, (evaluation, predicate) =>
    {
        Needs.Metrics(evaluation, predicate);
        Needs.Dataset(evaluation, predicate);
    });
}
