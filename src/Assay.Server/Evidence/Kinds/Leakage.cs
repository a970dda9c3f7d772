namespace Assay.Server.Evidence.Kinds;

/// <summary>What held-out rows and training rows share.</summary>
static class Leakage
{
    public static readonly EvidenceKind Kind = new("leakage", false, Needs.Metrics);
}
