using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Deployments;

/// <summary>How long a difference may last before it is a finding (live-truth: rollouts are legitimate).</summary>
/// <param name="ApprovedNotLive">A promotion that is not live yet.</param>
/// <param name="UnapprovedLive">Something live that nothing approves.</param>
/// <param name="DigestMismatch">A claim that the observation contradicts.</param>
/// <param name="StaleObservation">Silence of an observer; longer is unknown, never green. Three heartbeats of 30 s by default.</param>
public sealed record Grace(TimeSpan ApprovedNotLive, TimeSpan UnapprovedLive, TimeSpan DigestMismatch, TimeSpan StaleObservation)
{
    /// <summary>What holds where an environment says nothing.</summary>
    public static readonly Grace Default = new(TimeSpan.FromMinutes(30), TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(90));

    /// <summary>As the YAML file has it.</summary>
    public IReadOnlyDictionary<string, string> Texts() => new Dictionary<string, string>
    {
        ["approved_not_live"] = Durations.Text(ApprovedNotLive),
        ["unapproved_live"] = Durations.Text(UnapprovedLive),
        ["digest_mismatch"] = Durations.Text(DigestMismatch),
        ["stale_observation"] = Durations.Text(StaleObservation),
    };
}

/// <summary>A place that runs models.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Declared">Was it declared by a document, or did it come into being by being named?</param>
/// <param name="Slots">Its slots.</param>
/// <param name="Owners">Who answers for it.</param>
/// <param name="OnCall">Whom to call at night.</param>
/// <param name="Runbook">What to read then.</param>
/// <param name="Grace">How long a difference may last.</param>
/// <param name="Agents">The sources whose observations count; empty: all.</param>
public sealed record EnvironmentView(
    string Name, bool Declared, IReadOnlyList<string> Slots, IReadOnlyList<string> Owners, string? OnCall, string? Runbook, Grace Grace, IReadOnlyList<string> Agents)
{
    /// <summary>The slots of an environment that declares none.</summary>
    public static readonly IReadOnlyList<string> UsualSlots = ["primary", "canary", "shadow"];

    /// <summary>The document, as it was applied.</summary>
    public string? Document { get; init; }

    /// <summary>The digest over the document's text.</summary>
    public Digest? Digest { get; init; }

    /// <summary>When it was applied, or first named.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>By whom.</summary>
    public string? By { get; init; }

    /// <summary>An environment that nobody declared.</summary>
    public static EnvironmentView Undeclared(string name) => new(name, false, UsualSlots, [], null, null, Grace.Default, []);
}
