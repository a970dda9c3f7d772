using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence.Kinds;

/// <summary>Cases that must always hold. What can be recomputed here is: a probe that says it held although its own numbers deny it is refused.</summary>
static class Invariants
{
    public static readonly EvidenceKind Kind = new("invariants", false, Check);

    static void Check(Evaluation evaluation, JsonMap predicate)
    {
        if (!predicate.Has("probes"))
            predicate.Wrong("probes", "a list of cases", "nothing", "Give 'probes'.");
        Needs.Suite(evaluation, predicate);
        if (predicate.Node["probes"] is not JsonArray probes)
            return;
        for (var i = 0; i < probes.Count; i++)
            if (probes[i] is JsonObject probe && Denied(probe) is { } why)
                predicate.Wrong($"probes[{i}].ok", "what the probe's own numbers say", why, "Say ok: false, or mend the numbers.");
        foreach (var twice in evaluation.Probes.GroupBy(p => p.Id, StringComparer.Ordinal).Where(g => g.Count() > 1 && g.Key.Length > 0).Take(5))
            predicate.Wrong("probes", "ids that occur once", $"'{twice.Key}' {twice.Count()} times", "Give each case an id of its own.");
    }

    static string? Denied(JsonObject probe)
    {
        if (probe["ok"]?.GetValueKind() is not JsonValueKind.True || probe["expected"] is not JsonObject expected || Number(probe["actual"]) is not { } actual)
            return null;
        return Number(expected["min"]) is { } min && actual < min ? $"true, but {actual:R} is below {min:R}"
            : Number(expected["max"]) is { } max && actual > max ? $"true, but {actual:R} is above {max:R}"
            : null;
    }

    static double? Number(JsonNode? node) => node?.GetValueKind() is JsonValueKind.Number ? double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;
}
