using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Deployments;

/// <summary>Reads <c>kind: Environment</c> (interfaces §5). Everything that is wrong is told at once, with line and column.</summary>
public static class EnvironmentDocument
{
    /// <summary>Reads a document. <paramref name="source"/> is what the text is called in messages.</summary>
    public static Result<EnvironmentView> Read(string text, string source)
    {
        var parsed = YamlDocument.Parse(text, source, "Environment");
        if (parsed.Refusal is { } wrong)
            return wrong;
        var root = parsed.Value.Root.Only("apiVersion", "kind", "metadata", "slots", "owners", "on_call", "runbook", "grace", "agents");
        var metadata = root.Map("metadata").Only("name");
        var name = metadata.Text("name");
        if (name.Length > 0 && !Names.IsEnvironment(name))
            metadata.Wrong("name", $"metadata.name is '{name}'; wanted {Names.Rule}");
        var slots = root.Texts("slots");
        foreach (var slot in slots.Where(s => !Names.IsEnvironment(s)))
            root.Wrong("slots", $"slots has '{slot}'; wanted {Names.Rule}");
        var view = new EnvironmentView(name, true, slots.Count > 0 ? slots : EnvironmentView.UsualSlots, root.Texts("owners"),
            root.Texts("on_call") is { Count: > 0 } onCall ? string.Join(", ", onCall) : null, root.TextOrNull("runbook"), GraceOf(root.MapOrNull("grace")), root.Texts("agents"))
        {
            Document = text,
            Digest = Digest.Of(text),
        };
        return parsed.Value.Refusal is { } refusal ? refusal : view;
    }

    static Grace GraceOf(YamlMap? grace)
    {
        var usual = Grace.Default;
        if (grace is null)
            return usual;
        grace.Only("approved_not_live", "unapproved_live", "digest_mismatch", "stale_observation");
        var stale = grace.Duration("stale_observation") ?? usual.StaleObservation;
        if (stale < TimeSpan.FromSeconds(5))
            grace.Wrong("stale_observation", $"grace.stale_observation is {Durations.Text(stale)}; wanted at least 5s, or every observation would be unknown at once");
        return new(grace.Duration("approved_not_live") ?? usual.ApprovedNotLive, grace.Duration("unapproved_live") ?? usual.UnapprovedLive,
            grace.Duration("digest_mismatch") ?? usual.DigestMismatch, stale);
    }
}
