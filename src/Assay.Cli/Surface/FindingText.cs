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
