using System.Text.Json.Nodes;
using Assay.Client.Api;

namespace Assay.Cli.Surface;

/// <summary>A finding for people.</summary>
internal static class FindingText
{
    public static void Print(Output to, JsonObject finding)
    {
        to.Line($"{finding.Text("severity")?.ToUpperInvariant()}  {finding.Text("kind")}{(finding.Truth("pending") ? " (pending)" : "")}: {finding.Text("message")}");
        to.Line($"  for {Words.Age(TimeSpan.FromSeconds(finding.Number("age_seconds") ?? 0)).Replace(" ago", "", StringComparison.Ordinal)}, owner {finding.Text("owner")}");
        to.Line($"  {finding.Text("mend")}");
    }
}

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
