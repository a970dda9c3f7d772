namespace Assay.Server.Evidence.Kinds;

/// <summary>The same metrics cohort by cohort; those that are too small are listed, never dropped.</summary>
static class Slices
{
    public static readonly EvidenceKind Kind = new("slices", false, (evaluation, predicate) =>
    {
        if (evaluation.Slices.Count == 0 && !predicate.Has("slices"))
            predicate.Wrong("slices", "a list of cohorts", "nothing", "Give 'slices', an empty list if there is none.");
        Needs.Dataset(evaluation, predicate);
    });
}
