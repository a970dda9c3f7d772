namespace Assay.Server.Evidence.Kinds;

/// <summary>Measured on a share of live traffic.</summary>
static class Canary
{
    public static readonly EvidenceKind Kind = new("canary", false, Needs.Metrics);
}
