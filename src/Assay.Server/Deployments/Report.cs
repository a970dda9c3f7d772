using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Deployments;

/// <summary>What happened to a digest in a slot, as CD says.</summary>
public enum ReportStatus
{
    /// <summary>It runs now.</summary>
    Deployed,
    /// <summary>It was taken away.</summary>
    Removed,
    /// <summary>It could not be deployed; what ran before still runs.</summary>
    Failed,
}

/// <summary>What CD said: a claim (evidence level 0), never mixed with what was observed.</summary>
public sealed record Report(
    string Id, string Environment, string Model, string Slot, Digest Digest, double Share, ReportStatus Status,
    DateTimeOffset At, DateTimeOffset ReceivedAt, string By, bool Verified,
    string? Url, string? Commit, string? Actor, JsonNode? Routing, JsonNode? Serving);

/// <summary>The body of <c>POST /deployments</c>.</summary>
public sealed record NewReport(
    string? Environment, string? Model, string? Slot, string? Digest, double? Share, DateTimeOffset? At, string? Status,
    JsonObject? Routing, JsonObject? Serving, string? Url, string? Commit, string? Actor);
