using System.Globalization;
using System.Text.Json;

namespace Assay.Server.Ledger;

/// <summary>The columns of a stored entry against its bytes. Pure.</summary>
static class EntryColumns
{
    /// <summary>The names of the columns that say something else than the bytes.</summary>
    public static IReadOnlyList<string> Differing(StoredEntry entry)
    {
        try
        {
            using var body = JsonDocument.Parse(entry.Body);
            return body.RootElement is { ValueKind: JsonValueKind.Object } root && Part(root, "subject") is { } subject && Part(root, "actor") is { } actor
                ? Differing(entry, root, subject, actor) : NoEntry;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return NoEntry;
        }
    }

    static readonly string[] NoEntry = ["bytes (they are no entry)"];

    static List<string> Differing(StoredEntry entry, JsonElement root, JsonElement subject, JsonElement actor)
    {
        List<string> wrong = [];
        var time = DateTimeOffset.TryParse(Text(root, "time"), CultureInfo.InvariantCulture, out var at) ? at.ToUnixTimeMilliseconds() : -1;
        var (kind, id) = (Text(actor, "kind"), Text(actor, "id"));
        Same("id", entry.Id, Text(root, "id"));
        if (entry.AtMs != time)
            wrong.Add("time");
        Same("action", entry.Action, Text(root, "action"));
        Same("outcome", entry.Outcome, Text(root, "outcome"));
        Same("actor", entry.Actor, kind == "local" && id == "local" ? "local" : $"{kind}:{id}");
        Same("model", entry.Model, Text(subject, "model"));
        Same("digest", entry.Digest?.ToString(), Text(subject, "digest"));
        Same("run_id", entry.RunId, Text(subject, "run_id"));
        Same("environment", entry.Environment, Text(subject, "environment"));
        return wrong;

        void Same(string name, string? stored, string? said)
        {
            if (stored != said)
                wrong.Add(name);
        }
    }

    static JsonElement? Part(JsonElement of, string name) => of.TryGetProperty(name, out var part) && part.ValueKind is JsonValueKind.Object ? part : null;

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;
}
