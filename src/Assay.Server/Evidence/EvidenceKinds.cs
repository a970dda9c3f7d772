using Assay.Server.Evidence.Kinds;

namespace Assay.Server.Evidence;

/// <summary>The kinds of evidence that are taken in.</summary>
static class EvidenceKinds
{
    public static readonly IReadOnlyList<EvidenceKind> All =
    [
        Heldout.Kind, Kinds.Slices.Kind, Tail.Kind, Skew.Kind, Leakage.Kind, Invariants.Kind, Shadow.Kind, Canary.Kind, Provenance.Kind, Review.Kind,
    ];

    public static EvidenceKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
