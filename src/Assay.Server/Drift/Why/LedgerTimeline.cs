using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Ledger;

namespace Assay.Server.Drift.Why;

/// <summary>The last day of a model in an environment, out of the ledger: what concerns this environment or none in particular.</summary>
static class LedgerTimeline
{
    const int Fewest = 20;
    static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Entries of a model, newest first, as happenings. Pure.</summary>
    public static IReadOnlyList<Happening> Of(IEnumerable<StoredEntry> newestFirst, IReadOnlyList<LedgerText> texts, string environment, string slot, DateTimeOffset at) =>
        [.. newestFirst.Select(e => Read(e, texts)).OfType<(Happening Happening, string? Environment, string? Slot)>()
            .Where(e => e.Happening.At <= at && (e.Environment is null || e.Environment == "registry" || e.Environment == environment) && (e.Slot is null || e.Environment == "registry" || e.Slot == slot))
            .Select(e => e.Happening).TakeWhile((e, i) => i < Fewest || at - e.At <= Day)];

    static (Happening, string?, string?)? Read(StoredEntry entry, IReadOnlyList<LedgerText> texts)
    {
        if (JsonNode.Parse(entry.Body) is not JsonObject body || body["actor"] is not JsonObject actor)
            return null;
        LedgerTexts.WithWords(body, texts);
        var subject = body["subject"] as JsonObject;
        return (new(DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs), entry.Action, entry.Outcome, entry.Actor, actor["verified"]?.GetValue<bool>() ?? false, entry.Digest, Text(body["detail"] as JsonObject), entry.Id),
            entry.Environment, (string?)subject?["slot"]);
    }

    /// <summary>The short facts of an entry's detail; digests and lists stay in the entry.</summary>
    static string Text(JsonObject? detail) => string.Join(", ", (detail ?? [])
        .Where(p => p.Value is JsonValue value && !(value.GetValueKind() is JsonValueKind.String && Digest.TryParse(value.GetValue<string>(), out _)) && !p.Key.EndsWith("_sha256", StringComparison.Ordinal))
        .Select(p => $"{p.Key} {p.Value}"));
}
