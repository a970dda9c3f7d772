using System.Text.Json.Nodes;
using Assay.Client.Api;

namespace Assay.Cli.Surface;

/// <summary>A promotion request for people: where it stands and who it waits for.</summary>
internal static class RequestText
{
    public static void Print(Output to, JsonNode request)
    {
        to.Line($"{request.Text("state")}  {request.Text("model")}@{request.Text("digest")} for {request.Text("environment")}/{request.Text("slot")}  (request {request.Text("id")})");
        foreach (var approval in request.Maps("approvals"))
            to.Line($"  approved by {approval.Text("by")}{(approval.Truth("verified") ? "" : " (unverified)")} at {approval.Text("at")}{(approval.Truth("counts") ? "" : $", does not count: {approval.Text("void")}")}");
        foreach (var waits in request.Maps("waiting_for"))
            to.Line($"  waits for {waits.Text("text")}");
        if (request.Map("promotion") is { } promotion)
            to.Line($"  {Words.Short(promotion.Text("digest"))} became the approved target of {promotion.Text("environment")}/{promotion.Text("slot")} at {promotion.Text("at")}, holds until {promotion.Text("not_after")}");
        if (request.Text("state") is "gathering" or "decided" && request.Maps("rules") is { Count: > 0 } rules)
        {
            to.Line();
            VerdictTable.Rules(to, rules);
        }
    }
}
