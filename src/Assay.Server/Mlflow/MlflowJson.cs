using System.Text.Json;

namespace Assay.Server.Mlflow;

/// <summary>MLflow's rules of output: whole numbers as numbers, the three non-finite reals as texts, what is not set is not there.</summary>
public static class MlflowJson
{
    /// <summary>A text, unless it is null.</summary>
    public static void Put(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    /// <summary>A whole number, unless it is null.</summary>
    public static void Put(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    /// <summary>A time in milliseconds.</summary>
    public static void Put(this Utf8JsonWriter json, string name, DateTimeOffset value) => json.WriteNumber(name, value.ToUnixTimeMilliseconds());

    /// <summary>A real; NaN and the infinities are texts.</summary>
    public static void PutReal(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    /// <summary>A list of objects; an empty one is not there.</summary>
    public static void PutList<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> members)
    {
        var open = false;
        foreach (var item in items)
        {
            if (!open)
                json.WriteStartArray(name);
            open = true;
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }
        if (open)
            json.WriteEndArray();
    }

    /// <summary>A nested object.</summary>
    public static void PutObject<T>(this Utf8JsonWriter json, string name, T value, Action<Utf8JsonWriter, T> members)
    {
        json.WriteStartObject(name);
        members(json, value);
        json.WriteEndObject();
    }

    /// <summary>Tags or params as a list of key and value.</summary>
    public static void PutPairs(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs) =>
        json.PutList(name, pairs, (j, pair) =>
        {
            j.WriteString("key", pair.Key);
            j.WriteString("value", pair.Value);
        });
}
