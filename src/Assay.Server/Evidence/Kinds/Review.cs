namespace Assay.Server.Evidence.Kinds;

/// <summary>What a person found; the only kind that people make.</summary>
static class Review
{
    public static readonly EvidenceKind Kind = new("review", true, (_, predicate) => predicate.NeedText("summary"));
}
