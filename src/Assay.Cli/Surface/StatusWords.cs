namespace Assay.Cli.Surface;

/// <summary>What a slot's status means, in words.</summary>
internal static class StatusWords
{
    public static string Of(string? status) => status switch
    {
        "as_approved" => "as approved (observed)",
        "claimed" => "as approved, but only CD says so: nobody observes it",
        "pending" => "differs, within the time that the environment allows",
        "drift" => "DRIFT",
        "unknown" => "UNKNOWN: the observation is stale",
        _ => "nothing is approved, reported or observed",
    };
}
