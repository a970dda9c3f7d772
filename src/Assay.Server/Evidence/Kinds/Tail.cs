namespace Assay.Server.Evidence.Kinds;

/// <summary>How bad the worst predictions are.</summary>
static class Tail
{
    public static readonly EvidenceKind Kind = new("tail", false, Needs.Metrics);
}
