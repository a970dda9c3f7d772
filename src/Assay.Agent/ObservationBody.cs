using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Agent.Targets;

namespace Assay.Agent;

/// <summary>From looks to an observation (interfaces §6). Pure.</summary>
public static class ObservationBody
{
    /// <summary>
    /// Several targets of one slot share its traffic evenly. A target that could not be looked at makes the observation incomplete: then nothing
    /// is taken away, and what nobody confirms grows stale, which is unknown and never green.
    /// </summary>
    public static JsonObject Of(AgentOptions options, string epoch, long seq, DateTimeOffset at, IReadOnlyList<(Target Target, Look Look)> looks) => new()
    {
        ["source"] = options.Source,
        ["environment"] = options.Environment,
        ["epoch"] = epoch,
        ["seq"] = seq,
        ["at"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["complete"] = looks.All(l => l.Look.Digest is not null),
        ["slots"] = new JsonArray([.. looks.GroupBy(l => (l.Target.Model, l.Target.Slot)).Select(slot => new JsonObject
        {
            ["model"] = slot.Key.Model,
            ["slot"] = slot.Key.Slot,
            ["instances"] = Instances([.. slot.Select(l => l.Look)]),
        })]),
    };

    static JsonArray Instances(List<Look> looks) =>
        new([.. from look in looks
                where look.Digest is not null
                group look by (look.Digest, look.Level) into same
                let asked = looks.Count(l => l.Level == same.Key.Level)
                select new JsonObject
                {
                    ["digest"] = same.Key.Digest.ToString(),
                    ["level"] = same.Key.Level,
                    ["share"] = (double)same.Count() / asked,
                    ["ready"] = same.Count(),
                    ["wanted"] = asked,
                }]);
}
