using Assay.Agent.Targets;

namespace Assay.Agent;

/// <summary>What an agent watches.</summary>
/// <param name="Environment">The one environment that it observes.</param>
/// <param name="Source">Its name, such as <c>agent/eu-1</c>; two agents must not share one.</param>
/// <param name="Targets">What it looks at.</param>
public sealed record AgentOptions(string Environment, string Source, IReadOnlyList<Target> Targets)
{
    /// <summary>The heartbeat: how often it looks and tells.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);
}
