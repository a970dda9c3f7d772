namespace Assay.Server.Evidence.Kinds;

/// <summary>Measured on live traffic whose answers nobody saw.</summary>
static class Shadow
{
    public static readonly EvidenceKind Kind = new("shadow", false, Needs.Metrics);
}
