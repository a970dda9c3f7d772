using System.Text.Json;

namespace Assay.Server.Mlflow;

/// <summary>
/// A metric as nearly every client sends it: key, value, timestamp and step, each once, a text and three numbers. Read in one pass; whatever is spelt or
/// typed in another way is left to the reader that knows all of MLflow's leniencies and all of its refusals.
/// </summary>
readonly record struct PlainMetric(string Key, double Value, long TimestampMs, long Step)
{
    const int HasKey = 1, HasValue = 2, HasTimestamp = 4, HasStep = 8;

    public static bool TryRead(JsonElement json, out PlainMetric metric)
    {
        var (key, value, timestamp, step, seen) = ("", 0.0, 0L, 0L, 0);
        metric = default;
        foreach (var member in json.EnumerateObject())
        {
            var (bit, good) = 0 switch
            {
                _ when member.NameEquals("key"u8) => (HasKey, member.Value.ValueKind is JsonValueKind.String && MlflowValues.TryText(member.Value, out key) && key.Length > 0),
                _ when member.NameEquals("value"u8) => (HasValue, member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetDouble(out value)),
                _ when member.NameEquals("timestamp"u8) => (HasTimestamp, member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt64(out timestamp)),
                _ when member.NameEquals("step"u8) => (HasStep, member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt64(out step)),
                _ => (0, false),
            };
            if (!good || (seen & bit) != 0)
                return false;
            seen |= bit;
        }
        metric = new(key, value, timestamp, step);
        return (seen | HasStep) == (HasKey | HasValue | HasTimestamp | HasStep);
    }
}
