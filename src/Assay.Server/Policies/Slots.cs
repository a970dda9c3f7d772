namespace Assay.Server.Policies;

/// <summary>The slots of an environment.</summary>
public static class Slots
{
    /// <summary>What serves, what serves a share, and what is only listened to.</summary>
    public static readonly IReadOnlyList<string> All = ["primary", "canary", "shadow"];

    /// <summary>The slot when none is named.</summary>
    public const string Primary = "primary";
}
