namespace Assay.Server.Evidence.Kinds;

/// <summary>Where a version comes from, as its builder says.</summary>
static class Provenance
{
    public static readonly EvidenceKind Kind = new("provenance", false, (_, predicate) =>
    {
        if (predicate.Map("builder")?.NeedText("id") is null)
            predicate.Wrong("builder", "{\"id\": …}", "nothing", "Name who built the version.");
    });
}
