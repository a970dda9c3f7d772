namespace Assay.Server.Evidence.Kinds;

/// <summary>How far training and serving data or predictions are apart.</summary>
static class Skew
{
    public static readonly EvidenceKind Kind = new("skew", false, Needs.Metrics);
}
