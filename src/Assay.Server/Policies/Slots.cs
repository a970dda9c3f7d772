using Assay.Contracts;

namespace Assay.Server.Policies;

/// <summary>The slots of an environment.</summary>
public static class Slots
{
    /// <summary>What serves, what serves a share, and what is only listened to.</summary>
    public static readonly IReadOnlyList<string> All = ["primary", "canary", "shadow"];

    /// <summary>The slot when none is named.</summary>
    public const string Primary = "primary";

    /// <summary>What is wrong with the name of a place; null when there can be such an environment and slot.</summary>
    public static Refusal? Problem(string environment, string slot) =>
        !PolicyNames.IsEnvironment(environment) ? PolicyRefusals.Environment(environment) : !All.Contains(slot) ? PolicyRefusals.Slot(slot) : null;
}
